"""Which car is it? (decision 11)"""

from comeback.recognition import Garage, Marks

VIN = "VF7LCRFJF74321098"
OTHER_VIN = "VF7SXAAAA00012345"


def garage(*cars: Marks) -> Garage:
    known = Garage()
    for car in cars:
        known.add(car)
    return known


ONE = Marks(VIN, "А123ВС77", "+7 900 000-11-22", "Иванов Пётр", "msk")
SECOND = Marks(OTHER_VIN, "В456ЕК77", "+7 900 000-11-22", "Иванов Пётр", "msk")


def test_a_vin_is_certain() -> None:
    found = garage(ONE, SECOND).find(Marks(vin=VIN.lower()))
    assert (found.certainty, found.cars) == ("certain", (VIN,))


def test_a_plate_in_latin_letters_is_likely() -> None:
    found = garage(ONE, SECOND).find(Marks(plate="a123bc77"))
    assert (found.certainty, found.cars) == ("likely", (VIN,))


def test_a_plate_without_its_region_will_do_when_it_leads_to_one_car() -> None:
    assert garage(ONE, SECOND).find(Marks(plate="а 123 вс")).cars == (VIN,)


def test_a_phone_that_leads_to_one_car_is_likely() -> None:
    assert garage(ONE).find(Marks(phone="8 900 000 11 22")).certainty == "likely"


def test_a_phone_that_leads_to_two_cars_is_not_enough() -> None:
    assert garage(ONE, SECOND).find(Marks(phone="89000001122")).certainty == "several"


def test_another_plate_is_another_car_whoever_calls() -> None:
    assert garage(ONE).find(Marks(plate="К999ОО99", phone="89000001122")).certainty == "none"


def test_a_plate_with_one_slip_is_believed_when_the_phone_agrees() -> None:
    assert garage(ONE).find(Marks(plate="А128ВС77", phone="89000001122")).cars == (VIN,)
    assert garage(ONE).find(Marks(plate="А128ВС77")).certainty == "none"


def test_a_vin_with_a_slip_is_the_car_of_the_phone() -> None:
    slipped = VIN[:5] + "A" + VIN[6:]
    assert garage(ONE).find(Marks(vin=slipped, phone="89000001122")).cars == (VIN,)


def test_an_unknown_vin_is_another_car_even_with_a_known_phone() -> None:
    assert garage(ONE).find(Marks(vin="WVWZZZ1KZ6W000001", phone="89000001122")).certainty == "none"


def test_another_phone_of_the_same_name_at_the_same_site() -> None:
    assert garage(ONE).find(Marks(phone="8 900 000-11-27", customer="Иванов", site="msk")).cars == (VIN,)
    assert garage(ONE).find(Marks(phone="8 900 000-11-27", customer="Петров", site="msk")).certainty == "none"


def test_orders_without_a_vin_join_the_car_of_their_plate() -> None:
    known = garage(ONE)
    assert known.add(Marks(plate="А123ВС77")) == VIN


def test_nothing_known_is_nothing_found() -> None:
    assert garage(ONE).find(Marks()).certainty == "none"
