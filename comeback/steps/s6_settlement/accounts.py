"""The accounts of the comeback's costs, the kinds of cost, and which account a cause points to. Data; method 6.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from comeback.method.sheet import Text

AccountCode = Literal[
    "warranty_maker", "warranty_part", "goodwill_maker", "goodwill_dealer", "quality", "supplier", "customer", "insurer"
]
KindCode = Literal["labour", "parts", "sublet", "mobility", "towing", "gesture"]


@dataclass(frozen=True)
class Account:
    """code: as kept; short: as it stands on the cost sheet; name: in full."""

    code: AccountCode
    short: Text
    name: Text

    def label(self) -> Text:
        """Short and full name, for choices: `ВН-КАЧ · Дилер: некачественные работы`."""
        return Text(
            ru=f"{self.short.ru} · {self.name.ru}",
            en=f"{self.short.en} · {self.name.en}",
            fr=f"{self.short.fr} · {self.name.fr}",
        )


def _account(code: AccountCode, shorts: str, ru: str, en: str, fr: str) -> Account:
    return Account(code, Text(*shorts.split()), Text(ru=ru, en=en, fr=fr))


ACCOUNTS: dict[str, Account] = {
    account.code: account
    for account in [
        _account("quality", "ВН-КАЧ INT-QUAL INT-QUAL", "Дилер: некачественные работы", "Dealer: poor quality of work",
                 "Atelier : non-qualité"),
        _account("warranty_maker", "ГАР-ИЗГ WAR-MKR GAR-CONST", "Гарантия изготовителя", "Manufacturer warranty",
                 "Garantie constructeur"),
        _account("warranty_part", "ГАР-ЗЧ WAR-PART GAR-PR", "Гарантия на запчасть", "Spare part warranty",
                 "Garantie pièce de rechange"),
        _account("goodwill_maker", "ДВ-ИЗГ GW-MKR GC-CONST", "Добрая воля изготовителя", "Manufacturer’s goodwill",
                 "Geste commercial du constructeur"),
        _account("goodwill_dealer", "ДВ-ДИЛ GW-DLR GC-PDV", "Добрая воля дилера", "Dealer’s goodwill",
                 "Geste commercial du point de vente"),
        _account("supplier", "ПОСТ SUPP FOURN", "Поставщик или субподрядчик", "Supplier or subcontractor",
                 "Fournisseur ou sous-traitant"),
        _account("customer", "КЛ CUST CLIENT", "Клиент", "Customer", "Client"),
        _account("insurer", "СТРАХ INSUR ASSUR", "Страховая компания", "Insurer", "Assureur"),
    ]
}  # fmt: skip

KINDS: dict[str, Text] = {
    "labour": Text(ru="Работа", en="Labour", fr="Main-d’œuvre"),
    "parts": Text(ru="Запчасти", en="Parts", fr="Pièces"),
    "sublet": Text(ru="Субподряд", en="Sublet", fr="Sous-traitance"),
    "mobility": Text(ru="Мобильность: подменный автомобиль, такси", en="Mobility: courtesy car, taxi",
                     fr="Mobilité : véhicule de prêt, taxi"),
    "towing": Text(ru="Эвакуация", en="Towing", fr="Remorquage"),
    "gesture": Text(ru="Жест внимания", en="Gesture", fr="Geste commercial"),
}  # fmt: skip
assert set(ACCOUNTS) == set(get_args(AccountCode))
assert set(KINDS) == set(get_args(KindCode))

WORKMANSHIP = "DIPO"  # first letters of causes that are the dealer's own: diagnosis, execution, reception, organisation
NO_CLAIM = "DI"  # causes for which a manufacturer charges warranty work back
ACCOUNT_OF_CAUSE: dict[str, AccountCode] = {
    "D": "quality",
    "I": "quality",
    "Z": "warranty_part",
    "P": "quality",
    "O": "quality",
    "A": "warranty_maker",
    "K": "customer",
}


def account_for(cause: str) -> AccountCode | None:
    """The account that a main cause points to (§3.6); none where it is decided case by case."""
    return ACCOUNT_OF_CAUSE.get(cause[:1])


def is_workmanship(cause: str) -> bool:
    """Whether the cause lies in the dealer's own work."""
    return cause[:1] != "" and cause[:1] in WORKMANSHIP
