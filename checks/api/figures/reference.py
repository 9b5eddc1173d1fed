"""Works out the figures of portfolios a second time: from the API's description, with pandas, numpy and empyrical.

Usage: reference.py <folder>. Prints {"<seed>": {"kind": ..., "figures": {...}}, ...} for the folders in it. Shares nothing with the backend.
"""

import json
import sys
import warnings
from pathlib import Path

import empyrical
import numpy as np
import pandas as pd

from market import ROUNDING, Market
from spacing import frequency

warnings.filterwarnings("ignore")

COLUMNS = {
    "holdings": ["symbol", "name", "assetClass", "sector", "currency", "quantity", "costPerUnit", "costRate"],
    "closes": ["date", "symbol", "close"],
    "rates": ["date", "from", "to", "rate"],
    "splits": ["date", "symbol", "ratio"],
    "dividends": ["date", "symbol", "amount"],
    "transactions": ["date", "symbol", "quantity", "price", "side"],
}
TEXTS = ("date", "symbol", "from", "to", "side")


def read(folder: Path) -> tuple[dict, dict[str, pd.DataFrame]]:
    if (folder / "portfolio.json").exists():
        whole = json.loads((folder / "portfolio.json").read_text())
        frames = {name: pd.DataFrame(whole.get(name, [])) for name in COLUMNS}
        settings = whole
    else:
        paths = {name: folder / f"{name}.csv" for name in COLUMNS}
        frames = {
            name: pd.read_csv(path, float_precision="round_trip") if path.exists() else pd.DataFrame()
            for name, path in paths.items()
        }
        path = folder / "settings.json"
        settings = json.loads(path.read_text()) if path.exists() else {}
    export = settings.get("files", {}).get("transactions.csv", {})
    frames["transactions"] = frames["transactions"].rename(columns={own: name for name, own in export.get("columns", {}).items()})
    tables = {name: whole_table(frame, COLUMNS[name]) for name, frame in frames.items()}
    return settings, {**tables, "transactions": with_signs(tables["transactions"], export.get("sides", {}))}


def with_signs(rows: pd.DataFrame, sides: dict) -> pd.DataFrame:
    """Purchases positive, sales negative; without sides they are so already. Other rows are left out."""
    if rows["side"].isna().all():
        return rows
    words = rows["side"].str.lower()
    sale = words.isin(["sell", *map(str.lower, sides.get("sell", []))])
    purchase = words.isin(["buy", *map(str.lower, sides.get("buy", []))])
    return rows.assign(quantity=rows["quantity"].abs().where(~sale, -rows["quantity"].abs()))[sale | purchase]


def whole_table(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    if frame.empty:
        return pd.DataFrame({column: pd.Series(dtype=str if column in TEXTS else float) for column in columns})
    return frame.reindex(columns=columns)


def figures(folder: Path) -> dict:
    settings, tables = read(folder)
    holdings = tables["holdings"].set_index("symbol")
    base = settings.get("baseCurrency") or holdings["currency"].iloc[0]
    symbols = list(holdings.index)
    closes = tables["closes"]
    days = pd.Index(sorted(closes.loc[closes["symbol"].isin(symbols), "date"].unique()))
    as_of = days[-1]
    market = Market(tables, base, days)

    price = pd.DataFrame({symbol: market.price(symbol) for symbol in symbols}, index=days)
    rate = pd.DataFrame({symbol: market.rate(holdings.at[symbol, "currency"]) for symbol in symbols}, index=days)
    dividend = pd.DataFrame({symbol: market.dividend(symbol) for symbol in symbols}, index=days)
    units, bought, sold, entered = market.trades(holdings["quantity"], price, rate)
    # What has no price yet is not counted.
    worth = (units * price * rate).fillna(0.0)
    income = (units.shift(1) * dividend * rate).where((dividend != 0) & (units.shift(1) != 0), 0.0)
    income.iloc[0] = 0.0

    last = pd.DataFrame({"price": price.iloc[-1], "rate": rate.iloc[-1]})
    last["value"] = holdings["quantity"] * last["price"] * last["rate"]
    last["cost"] = holdings["quantity"] * holdings["costPerUnit"] * holdings["costRate"].fillna(last["rate"])
    last["gain"] = last["value"] - last["cost"]
    gross = last["value"].abs().sum()
    last["weight"] = last["value"] / gross if gross > 0 else 0.0
    before = price.iloc[-2] if len(days) > 1 else price.iloc[-1] * np.nan
    rate_before = rate.iloc[-2] if len(days) > 1 else rate.iloc[-1] * np.nan
    then = (holdings["quantity"] * before * rate_before).fillna(last["value"])
    total, cost, day_change = last["value"].sum(), last["cost"].sum(), (last["value"] - then).sum()

    assets = {
        symbol: {
            **{key: float(last.at[symbol, key]) for key in last.columns},
            "priceDate": market.prices(symbol).loc[:as_of].index[-1],
            "gainRatio": over(last.at[symbol, "gain"], abs(last.at[symbol, "cost"])),
            "dayChangeRatio": 0.0 if np.isnan(before[symbol]) else over(last.at[symbol, "price"] - before[symbol], before[symbol]),
        }
        for symbol in symbols
    }
    first = first_day(units, bought, price * rate)
    of_priced = income.where((price * rate).shift(1).notna(), 0.0)
    returns = portfolio_returns(*(frame.sum(axis=1).iloc[first:] for frame in (worth, of_priced, bought, sold, entered)))
    year = (pd.Timestamp(as_of) - pd.Timedelta(days=365)).strftime("%Y-%m-%d")
    received = income.loc[income.index > year].sum()
    sectors = holdings["sector"].replace("", np.nan).fillna("Unclassified")
    return {
        "asOf": as_of,
        "currency": base,
        "assets": assets,
        "totals": {
            "value": total,
            "cost": cost,
            "gain": total - cost,
            "gainRatio": over(total - cost, cost),
            "dayChange": day_change,
            "dayChangeRatio": over(day_change, then.sum()),
            "dayBefore": days[-2] if len(days) > 1 else None,
        },
        "allocation": shares(last, holdings["assetClass"]),
        "insights": {
            **over_time(returns, settings.get("riskFreeRate", 0.0), total),
            "benchmark": benchmark(settings, market, returns),
            "concentration": {
                "herfindahl": float((last["weight"] ** 2).sum()),
                "effectiveHoldings": float(1 / (last["weight"] ** 2).sum()) if gross > 0 else 0.0,
            },
            "exposure": {
                "net": total,
                "gross": gross,
                "currencies": shares(last, holdings["currency"]),
                "sectors": shares(last, sectors),
            },
            "correlation": correlation(last["value"], price, rate, dividend),
            "income": {
                "to": as_of,
                "amount": received.sum(),
                "yield": over(received.sum(), total),
                "byHolding": {symbol: amount for symbol, amount in received.items() if amount != 0},
            },
        },
        "history": history(worth.sum(axis=1).iloc[first:], returns),
    }


def over(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def shares(last: pd.DataFrame, key: pd.Series) -> dict:
    groups = last.groupby(key)[["value", "weight"]].sum()
    return {name: {"value": float(share["value"]), "weight": float(share["weight"])} for name, share in groups.iterrows()}


def first_day(units: pd.DataFrame, bought: pd.DataFrame, base_price: pd.DataFrame) -> int:
    """Position of the first day on which anything that is ever held or bought has a price."""
    held = (units != 0).any() | (bought != 0).any()
    priced = base_price.loc[:, held].notna().any(axis=1).to_numpy()
    return int(priced.argmax()) if priced.any() else len(priced)


def portfolio_returns(value: pd.Series, income: pd.Series, bought: pd.Series, sold: pd.Series, entered: pd.Series) -> pd.DataFrame | None:
    """Returns by their day, and the day each is from. Money in and out is what purchases and sales of a day leave of each other."""
    start = value.shift(1)
    net = (bought - sold).where(~np.isclose(bought, sold, rtol=ROUNDING, atol=0), 0.0)
    in_full = (start == 0) & (net <= 0)
    before = start + bought.where(in_full, net.clip(lower=0))
    after = value + income + sold.where(in_full, (-net).clip(lower=0)) - entered
    frame = pd.DataFrame({"value": after / before.where(before != 0) - 1, "from": value.index.to_series().shift(1)})
    frame = frame.iloc[1:][(before != 0).iloc[1:]]
    return None if frame.empty or (before.iloc[1:] < 0).any() else frame


def over_time(spans: pd.DataFrame | None, risk_free: float, total: float) -> dict:
    nothing = ["period", "timeWeightedReturn", "annualisedReturn", "volatility", "sharpeRatio", "maxDrawdown", "valueAtRisk"]
    if spans is None:
        return dict.fromkeys(nothing)
    returns, start, end = spans["value"], spans["from"].iloc[0], spans.index[-1]
    spacing, per_year = frequency(spans["from"], spans.index)
    growth = pd.concat([pd.Series({start: 1.0}), (1 + returns).cumprod()])
    linked = empyrical.cum_returns_final(returns)
    days = (pd.Timestamp(end) - pd.Timestamp(start)).days
    varies = len(returns) > 1 and returns.std() >= ROUNDING
    rate = (1 + risk_free) ** (1 / per_year) - 1
    drawdown = 1 - growth / growth.cummax()
    trough = drawdown.idxmax()
    peak = growth[:trough].idxmax()
    worst = None
    if drawdown.max() > ROUNDING:
        later = growth[growth.index > trough]
        back = later[later >= growth[peak] * (1 - ROUNDING)]
        ratio = -empyrical.max_drawdown(returns)
        worst = {"ratio": ratio, "peakDate": peak, "troughDate": trough, "recoveryDate": back.index[0] if len(back) else None}
    return {
        "period": {"from": start, "to": end, "returns": len(returns), "spacing": spacing, "periodsPerYear": per_year},
        "timeWeightedReturn": linked,
        "annualisedReturn": (1 + linked) ** (365 / days) - 1 if days >= 365 and linked > -1 else None,
        "volatility": (empyrical.annual_volatility(returns, annualization=per_year) if varies else 0.0) if len(returns) > 1 else None,
        "sharpeRatio": empyrical.sharpe_ratio(returns, risk_free=rate, annualization=per_year) if varies else None,
        "maxDrawdown": worst,
        "valueAtRisk": value_at_risk(returns, total, spacing),
    }


def value_at_risk(returns: pd.Series, total: float, spacing: str) -> dict | None:
    if len(returns) < 20:
        return None
    ratio = -empyrical.value_at_risk(returns.to_numpy(), cutoff=0.05)
    worst = np.sort(returns.to_numpy())[: -(-len(returns) // 20)]
    return {"horizon": spacing, "ratio": ratio, "amount": ratio * total, "expectedShortfall": -worst.mean()}


def benchmark(settings: dict, market: Market, spans: pd.DataFrame | None) -> dict | None:
    if spans is None or "benchmark" not in settings:
        return None
    chosen = settings["benchmark"]
    other = unit_returns(market.price(chosen["symbol"], traded=False), market.rate(chosen["currency"]), market.dividend(chosen["symbol"]))
    both = pd.DataFrame({"own": spans["value"], "from": spans["from"], "other": other.reindex(spans.index)}).dropna()
    if both.empty:
        return None
    own, other = both["own"], both["other"]
    _, per_year = frequency(both["from"], both.index)
    linked, mine = empyrical.cum_returns_final(other), empyrical.cum_returns_final(own)
    vary = len(both) > 1 and other.std() >= ROUNDING
    difference = own - other
    spread = difference.std() * np.sqrt(per_year) if difference.std() >= ROUNDING else 0.0
    return {
        "from": both["from"].iloc[0],
        "to": both.index[-1],
        "timeWeightedReturn": linked,
        "portfolioReturn": mine,
        "activeReturn": mine - linked,
        "beta": empyrical.beta(own, other) if vary else None,
        "correlation": own.corr(other) if vary and own.std() >= ROUNDING else None,
        "trackingError": spread if len(both) > 1 else None,
    }


def unit_returns(price: pd.Series, rate: pd.Series, dividend: pd.Series) -> pd.Series:
    before = (price * rate).shift(1)
    return ((price + dividend) * rate / before.where(before > 0)) - 1


def correlation(value: pd.Series, price: pd.DataFrame, rate: pd.DataFrame, dividend: pd.DataFrame) -> dict:
    largest = value[value != 0].abs().sort_values(ascending=False, kind="stable").index[:10]
    returns = pd.DataFrame({symbol: unit_returns(price[symbol], rate[symbol], dividend[symbol]) for symbol in largest}).dropna()
    matrix = returns.corr()
    still = [symbol for symbol in largest if len(returns) < 2 or returns[symbol].std() < ROUNDING]
    return {
        first: {second: None if first in still or second in still else matrix.at[first, second] for second in largest}
        for first in largest
    }


def history(value: pd.Series, spans: pd.DataFrame | None) -> dict:
    growth = {} if spans is None else {spans["from"].iloc[0]: 1.0, **(1 + spans["value"]).cumprod().to_dict()}
    return {day: {"value": float(amount), "growth": growth.get(day)} for day, amount in value.items()}


def plain(value: object) -> object:
    """Of numpy's numbers, Python's; of what is not a number, nothing."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value


folders = sorted((path for path in Path(sys.argv[1]).iterdir() if path.name.isdigit()), key=lambda path: int(path.name))
json.dump({path.name: {"kind": (path / "kind.txt").read_text(), "figures": plain(figures(path))} for path in folders}, sys.stdout)
