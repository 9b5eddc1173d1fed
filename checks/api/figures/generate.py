"""Writes seeded portfolios, each into a folder of its own, in the form that the backend reads.

Usage: generate.py <folder> <count>. Seed n is of the kind n modulo the number of kinds; each kind is awkward in its own way.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FOREIGN = ["EUR", "GBP", "JPY", "CHF"]
CLASSES = ["Stocks", "Bonds", "Commodities", "Real estate", "Cash"]
SECTORS = ["Energy", "Health", "Technology", "Utilities", ""]

# Assets (least, most), days (least, most), and what else there is.
KINDS: dict[str, dict] = {
    "plain": {"assets": (2, 12), "days": (60, 600)},
    "one asset": {"assets": (1, 1), "days": (30, 300), "benchmark": True},
    "one day": {"assets": (1, 6), "days": (1, 1)},
    "two days": {"assets": (1, 6), "days": (2, 2), "benchmark": True},
    "gaps": {"assets": (2, 8), "days": (40, 300), "gaps": 0.4, "late": True, "benchmark": True},
    "currencies": {"assets": (3, 10), "days": (40, 400), "foreign": True, "gaps": 0.1, "benchmark": True},
    "splits and dividends": {"assets": (2, 8), "days": (300, 700), "splits": True, "dividends": True},
    "transactions": {"assets": (2, 8), "days": (60, 500), "transactions": True, "sold": True},
    "short positions": {"assets": (3, 8), "days": (60, 400), "short": 0.2, "dividends": True},
    "negative value": {"assets": (1, 4), "days": (20, 100), "short": 1.0},
    "zeros": {"assets": (3, 8), "days": (40, 200), "zeros": True, "sold": True},
    "constant prices": {"assets": (2, 4), "days": (25, 60), "constant": True, "benchmark": True},
    "twenty returns": {"assets": (1, 3), "days": (19, 23)},
    "tiny and huge": {"assets": (2, 6), "days": (60, 200), "scale": True},
    "long": {"assets": (30, 60), "days": (800, 1500), "benchmark": True, "dividends": True},
    "switches": {"assets": (3, 8), "days": (60, 300), "transactions": True, "switches": 6, "gaps": 0.1},
    "missing closes": {"assets": (3, 8), "days": (40, 200), "transactions": True, "unpriced": True, "splits": True, "foreign": True},
    "nothing paid": {"assets": (1, 5), "days": (40, 200), "transactions": True, "gifts": True, "late": True},
    "sides": {"assets": (2, 6), "days": (60, 300), "transactions": True, "export": True, "dividends": True},
    "every day": {"assets": (2, 6), "days": (60, 400), "step": 1, "benchmark": True},
    "weeks": {"assets": (2, 6), "days": (30, 200), "step": 7, "benchmark": True, "transactions": True},
    "months": {"assets": (1, 6), "days": (24, 90), "step": "month", "benchmark": True, "transactions": True, "dividends": True},
    "quarters": {"assets": (1, 4), "days": (12, 40), "step": "quarter", "benchmark": True},
    "no spacing": {"assets": (1, 4), "days": (40, 120), "step": "any", "benchmark": True},
    "months, then days": {"assets": (1, 4), "days": (80, 200), "step": "both", "benchmark": True, "late": True},
    "everything": {
        "assets": (5, 15), "days": (300, 800), "foreign": True, "gaps": 0.15, "late": True, "splits": True, "dividends": True,
        "transactions": True, "sold": True, "benchmark": True, "short": 0.1, "switches": 4, "unpriced": True,
    },
}  # fmt: skip


def portfolio(seed: int) -> dict:
    name = list(KINDS)[seed % len(KINDS)]
    kind = KINDS[name]
    random = np.random.default_rng(seed)
    start = date(2021, 1, 4) + timedelta(days=int(random.integers(0, 700)))
    days = dates(random, kind.get("step", "weekday"), start, draw(random, kind["days"]))
    tables: dict[str, list[dict]] = {table: [] for table in ("holdings", "closes", "rates", "splits", "dividends", "transactions")}
    settings: dict = {"riskFreeRate": round(float(random.uniform(-0.005, 0.05)), 4)} if seed % 3 else {}
    if kind.get("foreign"):
        settings["baseCurrency"] = "USD"
        for currency in FOREIGN:
            tables["rates"] += rates(random, currency, days)
    for number in range(draw(random, kind["assets"])):
        add_holding(random, kind, f"S{number:02d}", days, tables)
    for _ in range(kind.get("switches", 0)):
        add_switch(random, days, tables)
    if kind.get("unpriced"):
        leave_closes_out(random, days, tables)
    if kind.get("transactions"):
        say_sides(random, kind, seed, settings, tables)
    if kind.get("benchmark"):
        currency = str(random.choice(FOREIGN)) if kind.get("foreign") else "USD"
        settings["benchmark"] = {"symbol": "WORLD", "name": "World", "currency": currency}
        walk = prices(random, kind, len(days))
        first = int(random.integers(0, max(1, len(days) // 3))) if kind.get("late") else 0
        tables["closes"] += [row(day, "WORLD", close=price) for day, price in list(zip(days, walk))[first:]]
        if kind.get("dividends"):
            tables["dividends"].append(row(days[len(days) // 2], "WORLD", amount=1.25))
    return {"kind": name, "settings": settings, "tables": tables}


def draw(random: np.random.Generator, bounds: tuple[int, int]) -> int:
    return int(random.integers(bounds[0], bounds[1] + 1))


def dates(random: np.random.Generator, step: int | str, first: date, count: int) -> list[str]:
    """Days of a series, oldest first: weekdays, so many days apart, ends of months or quarters, days at random, or months and then weekdays."""
    if step == "both":
        months = dates(random, "month", first, count // 4)
        return months + dates(random, "weekday", date.fromisoformat(months[-1]) + timedelta(days=1), count - count // 4)
    if step in ("month", "quarter"):
        months = np.datetime64(first.isoformat(), "M") + np.arange(1, count + 1) * (3 if step == "quarter" else 1)
        return [str(day) for day in months.astype("datetime64[D]") - 1]
    if step == "any":
        return [str(day) for day in np.datetime64(first.isoformat()) + np.cumsum(random.integers(1, 25, count))]
    days = [first + timedelta(days=offset) for offset in range(2 * count + 7)]
    if step == "weekday":
        return [day.isoformat() for day in days if day.weekday() < 5][:count]
    return [(first + timedelta(days=int(step) * number)).isoformat() for number in range(count)]


def row(day: str, symbol: str, **values: float) -> dict:
    return {"date": day, "symbol": symbol, **{key: round(float(value), 6) for key, value in values.items()}}


def prices(random: np.random.Generator, kind: dict, count: int) -> np.ndarray:
    start = random.uniform(5, 500)
    if kind.get("scale"):
        start = float(random.choice([0.004, 3.0, 250_000.0]))
    if kind.get("constant"):
        return np.full(count, round(start, 2))
    moves = random.normal(0.0003, random.uniform(0.004, 0.03), count)
    return np.maximum(start * np.exp(np.cumsum(moves)), 0.0005)


def rates(random: np.random.Generator, currency: str, days: list[str]) -> list[dict]:
    inverse = currency in ("JPY", "CHF")
    start = {"EUR": 1.1, "GBP": 1.27, "JPY": 140.0, "CHF": 0.9}[currency]
    walk = start * np.exp(np.cumsum(random.normal(0, 0.005, len(days))))
    pair = {"from": "USD", "to": currency} if inverse else {"from": currency, "to": "USD"}
    # The first day always; others may be missing.
    return [
        {"date": day, **pair, "rate": round(float(rate), 6)}
        for position, (day, rate) in enumerate(zip(days, walk))
        if position == 0 or random.random() < 0.8
    ]


def add_holding(random: np.random.Generator, kind: dict, symbol: str, days: list[str], tables: dict[str, list[dict]]) -> None:
    walk = prices(random, kind, len(days))
    sign = -1 if random.random() < kind.get("short", 0) else 1
    quantity = round(float(sign * random.uniform(1, 500)), 3)
    if kind.get("scale"):
        quantity = float(random.choice([0.0001, 7.5, 40_000_000.0]))
    if kind.get("sold") and random.random() < 0.25:
        quantity = 0.0
    if kind.get("zeros") and symbol == "S00":
        walk[len(days) // 2 :] = 0
    first = int(random.integers(0, len(days) // 2)) if kind.get("late") and random.random() < 0.4 else 0
    kept = [day for day in range(first, len(days)) if day in (first,) or random.random() >= kind.get("gaps", 0)]
    splits = [(int(day), float(random.choice([2, 3, 0.1, 1.5]))) for day in split_days(random, kind, len(days))]
    for day in kept:
        # As traded: before a split, in the units of then.
        units = np.prod([ratio for split, ratio in splits if split > day])
        tables["closes"].append(row(days[day], symbol, close=walk[day] * units))
    tables["splits"] += [row(days[day], symbol, ratio=ratio) for day, ratio in splits]
    if kind.get("dividends") and random.random() < 0.7:
        for day in range(int(random.integers(1, 40)), len(days), 63):
            units = np.prod([ratio for split, ratio in splits if split > day])
            tables["dividends"].append(row(days[day], symbol, amount=max(0.01, walk[day] * units * 0.006)))
    if kind.get("transactions"):
        for day in sorted(random.integers(first, len(days), int(random.integers(0, 6)))):
            units = np.prod([ratio for split, ratio in splits if split > day])
            traded = round(float(random.uniform(-20, 60)), 3) or 1.0
            price = walk[day] * units * random.uniform(0.99, 1.01)
            tables["transactions"].append(row(days[int(day)], symbol, quantity=traded, price=price))
    if kind.get("gifts") and random.random() < 0.7:
        # The first of all, or one among others.
        day = first if random.random() < 0.5 else int(random.integers(0, len(days)))
        received = round(float(random.uniform(1, 60)), 3)
        tables["transactions"].append(row(days[day], symbol, quantity=received, price=0.0))
        if symbol == "S00":
            tables["transactions"] = [row(days[day], symbol, quantity=received, price=0.0)]
            quantity = received
    is_foreign = kind.get("foreign") and random.random() < 0.6
    holding = {
        "symbol": symbol,
        "name": f"Holding {symbol}",
        "assetClass": str(random.choice(CLASSES)),
        "sector": str(random.choice(SECTORS)),
        "currency": str(random.choice(FOREIGN)) if is_foreign else "USD",
        "quantity": quantity,
        "costPerUnit": 0.0 if kind.get("zeros") and random.random() < 0.3 else round(float(walk[first] * random.uniform(0.6, 1.3)), 6),
    }
    if is_foreign and random.random() < 0.5:
        holding["costRate"] = round(float(random.uniform(0.5, 1.5)), 6)
    tables["holdings"].append(holding)


def add_switch(random: np.random.Generator, days: list[str], tables: dict[str, list[dict]]) -> None:
    """Sells of one holding and buys another on the same day, for about as much, more, less, or exactly the same money."""
    sold, bought = random.choice([holding["symbol"] for holding in tables["holdings"]], 2, replace=False)
    day = days[int(random.integers(1, len(days)))]
    amount, price = round(float(random.uniform(100, 900)), 2), float(random.choice([2.0, 5.0, 12.5]))
    share = float(random.choice([1.0, 1.0, 0.5, 1.7]))
    tables["transactions"] += [
        row(day, str(sold), quantity=-amount / price, price=price),
        row(day, str(bought), quantity=amount * share / 4, price=4.0),
    ]


def leave_closes_out(random: np.random.Generator, days: list[str], tables: dict[str, list[dict]]) -> None:
    """Of one holding all closes, of others the first ones or the last ones, of none but the first those of the last two days."""
    symbols = [holding["symbol"] for holding in tables["holdings"]]
    traded = {row["symbol"] for row in tables["transactions"] if row["date"] < days[-2]}
    without = next((symbol for symbol in symbols[1:] if symbol in traded), None)
    bounds = {symbol: sorted(random.choice(days[:-2], 2, replace=False)) for symbol in symbols[1:]}

    def is_kept(close: dict) -> bool:
        if close["date"] >= days[-2] or close["symbol"] == without:
            return False
        first, last = bounds.get(close["symbol"], (days[0], days[-1]))
        return first <= close["date"] <= last

    tables["closes"] = [close for close in tables["closes"] if is_kept(close)]
    named = {close["symbol"] for close in tables["closes"]}
    # A holding needs a price: a close, or a transaction before the last day of closes.
    for symbol in symbols:
        if symbol not in named and symbol != without:
            tables["closes"].append(row(days[0], symbol, close=10.0))
    tables["transactions"].append(row(days[-1], symbols[0], quantity=3.5, price=11.0))


def say_sides(random: np.random.Generator, kind: dict, seed: int, settings: dict, tables: dict[str, list[dict]]) -> None:
    """Gives rows a side, some without a sign; an export has other rows among them. Purchases alone need one: they look like lost signs."""
    rows = tables["transactions"]
    if not kind.get("export") and any(row["quantity"] < 0 for row in rows) and random.random() < 0.5:
        return
    is_export = bool(kind.get("export")) and not is_json(seed) and bool(rows)
    words = ("Reinvest", "Sell") if is_export else ("buy", "sell")
    for row in rows:
        row["side"] = words[row["quantity"] < 0]
        row["quantity"] = abs(row["quantity"])
    if is_export:
        others = [{**rows[0], "quantity": "", "side": word} for word in ("Dividend", "Deposit")]
        tables["transactions"] = [{("Action" if key == "side" else key): value for key, value in row.items()} for row in rows + others]
        settings["files"] = {"transactions.csv": {"columns": {"side": "Action"}, "sides": {"buy": ["Reinvest"]}}}


def is_json(seed: int) -> bool:
    """One in four: what comes out must not depend on the form."""
    return seed % 4 == 3


def split_days(random: np.random.Generator, kind: dict, days: int) -> list[int]:
    if not kind.get("splits") or random.random() < 0.3:
        return []
    return sorted({int(day) for day in random.integers(1, days, 2)})


def write(folder: Path, seed: int) -> None:
    made = portfolio(seed)
    folder.mkdir(parents=True)
    (folder / "kind.txt").write_text(made["kind"])
    tables = {name: rows for name, rows in made["tables"].items() if rows or name in ("holdings", "closes")}
    if is_json(seed):
        rows = {name: [{key: value for key, value in row.items() if value != ""} for row in rows] for name, rows in tables.items()}
        (folder / "portfolio.json").write_text(json.dumps({**made["settings"], **rows}))
        return
    if made["settings"]:
        (folder / "settings.json").write_text(json.dumps(made["settings"]))
    for name, rows in tables.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        lines = [columns, *([text(row.get(column, "")) for column in columns] for row in rows)]
        (folder / f"{name}.csv").write_text("".join(",".join(line) + "\n" for line in lines))


def text(value: object) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


if __name__ == "__main__":
    for number in range(int(sys.argv[2])):
        write(Path(sys.argv[1]) / str(number), number)
