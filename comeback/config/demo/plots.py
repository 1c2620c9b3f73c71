"""The comebacks of the demo, each left at another step, so that every page has something to say today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from comeback.cases.models import Month
from comeback.config.demo.story import Plot, Story
from comeback.registers.models import Site

On = Callable[..., datetime]  # (days ago, hour, minute) -> the moment at the site
BRAKES = Plot(
    plate="Х502ВВ750", words="Опять скрипят тормоза сзади, как до замены", nature="NVH",
    found="Закисли направляющие суппорта", corrected="Направляющие очищены и смазаны", cause="I3",
)  # fmt: skip
LAMP = Plot(
    plate="К702ОР197", words="Снова загорелась лампа АБС, вы же меняли датчик", nature="LAMP",
    found="Окислен разъём датчика ABS", corrected="Разъём очищен, контакты заменены", cause="D2",
    part="Ремкомплект разъёма", part_price=86_000,
)  # fmt: skip
HEATER = Plot(
    plate="М330ТУ77", words="Печка так и не греет на холостых", nature="CLIMATE_MM",
    found="Воздух в системе охлаждения", corrected="Система прокачана", cause="I2",
)  # fmt: skip
GEARBOX = Plot(
    plate="О909РС99", words="Рывки со второй на третью остались", nature="DRIVE",
    found="Изношен клапан гидроблока", corrected="Заменён клапан гидроблока", cause="D1",
    part="Клапан гидроблока", part_price=1_240_000,
)  # fmt: skip
LEAK = Plot(
    plate="Н214АМ77", words="Опять пахнет антифризом после вашего ремонта", nature="LEAK",
    found="Ослаб хомут нового патрубка", corrected="Хомут заменён, система проверена под давлением", cause="I1",
)  # fmt: skip
PADS = Plot(
    plate="Т418МК777", words="Скрип тормозов вернулся через неделю", nature="NVH",
    found="Нет смазки на скобах колодок", corrected="Скобы смазаны", cause="I3",
)  # fmt: skip
WINDOW = Plot(
    plate="Е051НО50", words="Стекло снова не поднимается, и теперь стучит в двери", nature="NVH",
    found="Не закреплён направляющий жёлоб", corrected="Жёлоб закреплён", cause="I1",
)  # fmt: skip
ABS = Plot(
    plate="В667КХ190", words="Лампа абс загорелась опять, тормозит нормально", nature="LAMP",
    found="Повреждён жгут", corrected="Жгут восстановлен", cause="D2",
)  # fmt: skip


def tell(site: Site, today: date) -> None:
    """All the stories, the oldest first; the month before is signed when all of it is told."""

    def on(days_ago: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(today - timedelta(days=days_ago), time(hour, minute), site.zoneinfo)

    _closed(Story(site, BRAKES), on, 47)
    _sign(site, on)
    _closed(Story(site, LAMP), on, 12)
    _to_be_called(Story(site, HEATER), on)
    _to_be_settled(Story(site, GEARBOX), on)
    _to_be_checked(Story(site, LEAK), on)
    _at_work(Story(site, PADS), on)
    _prepared(Story(site, WINDOW), on)
    _booked(Story(site, ABS), on)


def _closed(story: Story, on: On, days: int) -> None:
    _handed_over(story, on, days)
    story.contact(on(days - 3, 12))
    story.close(on(days - 3, 15))


def _handed_over(story: Story, on: On, days: int) -> None:
    _settled(story, on, days)
    story.hand_over(on(days - 2, 14))


def _settled(story: Story, on: On, days: int) -> None:
    _checked(story, on, days)
    story.settle(on(days - 1, 16))


def _checked(story: Story, on: On, days: int) -> None:
    _repaired(story, on, days)
    story.check(on(days - 1, 15))


def _repaired(story: Story, on: On, days: int) -> None:
    story.call(on(days, 10), on(days - 1, 10))
    story.prepare(on(days, 12))
    story.receive(on(days - 1, 10), on(days - 2, 14))
    story.assign(on(days - 1, 11, 15))
    story.report(on(days - 1, 12, 30))
    story.finish(on(days - 1, 13, 30))
    story.drive(on(days - 1, 13, 45))
    story.read(on(days - 1, 14))


def _to_be_called(story: Story, on: On) -> None:
    _handed_over(story, on, 3)


def _to_be_settled(story: Story, on: On) -> None:
    _checked(story, on, 4)


def _to_be_checked(story: Story, on: On) -> None:
    _repaired(story, on, 5)


def _at_work(story: Story, on: On) -> None:
    story.call(on(3, 11), on(1, 12))
    story.prepare(on(2, 12))
    story.receive(on(1, 12), on(-1, 17))
    story.assign(on(1, 15))
    story.report(on(1, 17))


def _prepared(story: Story, on: On) -> None:
    story.call(on(1, 11, 30), on(-1, 10))
    story.prepare(on(1, 16))


def _booked(story: Story, on: On) -> None:
    story.call(on(1, 12, 30), on(-1, 12))


def _sign(site: Site, on: On) -> None:
    """The manager signs the month in which the oldest case was handed over."""
    first = (on(45, 12)).date().replace(day=1)
    month, _made = Month.objects.get_or_create(site=site, first=first)
    Story(site, BRAKES).do("romanova", on(8, 18), "sign", month)
