"""Money is never added to what it is not, and is converted only by name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidFile, InvalidMoney, MixedMoney
from forestall.evaluation.costs import (
    ExchangeRates,
    PriceIndex,
    PriceYear,
    RateKind,
    convert,
    deflate,
    exchange,
    money,
    read_exchange_rates,
    read_price_index,
)


def index(currency="GBP", **levels):
    return PriceIndex(
        name="made up",
        vintage="2025-06",
        source="made up",
        currency=currency,
        values={
            PriceYear.parse(year.strip("y").replace("_", "/")): Decimal(level)
            for year, level in levels.items()
        },
    )


def rates(year, rate, *, start="GBP", end="USD"):
    return ExchangeRates(
        name="made-up PPP",
        vintage="2025-03",
        source="made up",
        kind=RateKind.PURCHASING_POWER,
        rates={(start, end, PriceYear.parse(year)): Decimal(rate)},
    )


years = st.sampled_from(["2003", "2015/16", "2015", "2016/17"])
currencies = st.sampled_from(["GBP", "USD", "NZD"])
amounts = st.decimals(-1_000_000, 1_000_000, places=2)


@given(amounts, currencies, years, amounts, currencies, years)
def test_only_the_same_currency_and_price_year_are_added(a, one, year, b, two, other_year):
    first, second = money(a, one, year), money(b, two, other_year)

    if (one, year) == (two, other_year):
        assert (first + second).amount == a + b
        assert (first - second).amount == a - b
    else:
        with pytest.raises(MixedMoney, match="convert one of them first"):
            first + second


@pytest.mark.parametrize(
    ("amount", "currency", "year", "said"),
    [
        ("1,000", "GBP", 2003, "without separators"),
        ("nan", "GBP", 2003, "is a number"),
        (1, "POUNDS", 2003, "ISO 4217"),
        (1, "XYZ", 2003, "ISO 4217"),
        (1, "GBP", "last year", "price year"),
        (1, "GBP", "2015/17", "price year"),
    ],
)
def test_money_without_what_makes_it_comparable_is_refused(amount, currency, year, said):
    with pytest.raises(InvalidMoney, match=said):
        money(amount, currency, year)


def test_deflating_by_hand_keeps_the_name_and_vintage():
    prices = index(y2015_16="80", y2023_24="100")

    found = deflate(money(3268, "GBP", "2015/16"), to="2023/24", index=prices)

    assert found.amount == Decimal(4085)
    assert [(step.by, step.vintage) for step in found.conversions] == [("made up", "2025-06")]


def test_a_financial_year_takes_the_financial_year_and_no_mean_of_two():
    with pytest.raises(InvalidMoney, match="financial-year index"):
        deflate(
            money(1, "GBP", "2015/16"), to=2023, index=index(y2015="80", y2016="82", y2023="100")
        )


def test_an_index_is_for_one_currency_and_has_every_year():
    with pytest.raises(InvalidMoney, match="follows prices in NZD"):
        deflate(money(1, "GBP", 2003), to=2009, index=index("NZD", y2003="80", y2009="100"))
    with pytest.raises(InvalidMoney, match="no level for 2009"):
        deflate(money(1, "GBP", 2003), to=2009, index=index(y2003="80"))


def test_prices_come_before_exchange_and_never_after():
    pounds, prices = money(80, "GBP", 2003), index(y2003="80", y2009="100")

    right = convert(pounds, price_year=2009, index=prices, currency="USD", rates=rates(2009, "1.5"))

    assert (right.amount, right.basis) == (Decimal(150), "USD 2009")
    dollars = exchange(pounds, to="USD", rates=rates(2003, "1.6"))
    back = exchange(dollars, to="GBP", rates=rates(2003, "0.6", start="USD", end="GBP"))
    for exchanged in (dollars, back):
        same = index(exchanged.currency, y2003="80", y2009="100")
        with pytest.raises(InvalidMoney, match="before exchange"):
            deflate(exchanged, to=2009, index=same)


def test_another_currency_needs_rates_of_its_own_year():
    with pytest.raises(InvalidMoney, match="no rate from GBP to USD for 2009"):
        exchange(money(1, "GBP", 2009), to="USD", rates=rates(2003, "1.6"))
    with pytest.raises(InvalidMoney, match="needs exchange rates"):
        convert(money(1, "GBP", 2009), price_year=2009, index=index(y2009="1"), currency="USD")


def test_tables_of_prices_and_rates_name_themselves():
    with pytest.raises(InvalidMoney, match="name, a vintage and a source"):
        PriceIndex(name="CPI", vintage="", source="made up", currency="GBP", values={})
    with pytest.raises(InvalidMoney, match="above 0"):
        index(y2003="0")
    with pytest.raises(InvalidMoney, match="above 0"):
        rates(2003, "-1")


HEAD = "name,vintage,currency,source,year,value\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,vintage\n", "needs the column “currency”"),
        (HEAD, "has no rows"),
        (HEAD + "CPI,1,GBP,x,2003,eighty\n", "Row 2 needs a number in “value”"),
        (HEAD + "CPI,1,GBP,x,2003,80\nCPI,2,GBP,x,2004,81\n", "one table with one name"),
        (HEAD + "CPI,1,GBP,x,2003,80\nCPI,1,GBP,x,2003,81\n", "2003 a second time"),
    ],
)
def test_a_broken_index_gets_one_sentence(tmp_path, text, said):
    form = tmp_path / "index.csv"
    form.write_text(text, encoding="utf-8")

    with pytest.raises(InvalidFile, match=said):
        read_price_index(form)


def test_a_broken_table_of_rates_gets_one_sentence(tmp_path):
    form = tmp_path / "rates.csv"
    form.write_text(
        "name,vintage,kind,start,end,year,rate,source\nx,1,guess,GBP,USD,2003,1.6,y\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidFile, match="“purchasing power” or “market”"):
        read_exchange_rates(form)
    with pytest.raises(InvalidFile, match="cannot be read"):
        read_exchange_rates(tmp_path / "missing.csv")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,1,market,NZD,USD,2003,0.6,x\na,1,market,NZD,USD,2003,0.7,x\n", "Row 3 gives NZD USD"),
        ("a,1,market,NZD,USD,2003,0.6,x\na,2,market,NZD,USD,2004,0.7,x\n", "here are 2"),
    ],
)
def test_rates_that_contradict_each_other_are_refused(tmp_path, rows, said):
    form = tmp_path / "rates.csv"
    form.write_text("name,vintage,kind,start,end,year,rate,source\n" + rows, encoding="utf-8")

    with pytest.raises(InvalidFile, match=said):
        read_exchange_rates(form)
