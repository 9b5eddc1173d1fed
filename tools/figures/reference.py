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

warnings.filterwarnings("ignore")

COLUMNS = {
    "holdings": ["symbol", "name", "assetClass", "sector", "currency", "quantity", "costPerUnit", "costRate"],
    "closes": ["date", "symbol", "close"],
    "rates": ["date", "from", "to", "rate"],
    "splits": ["date", "symbol", "ratio"],
    "dividends": ["date", "symbol", "amount"],
    "transactions": ["date", "symbol", "quantity", "price"],
}
TEXTS = ("date", "symbol", "from", "to")
ROUNDING = 1e-12


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
    return settings, {name: whole_table(frame, COLUMNS[name]) for name, frame in frames.items()}


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
    units, bought, sold = market.trades(holdings["quantity"], rate)
    worth = (units * price * rate).where(units != 0, 0.0)
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
            "gainRatio": over(last.at[symbol, "gain"], abs(last.at[symbol, "cost"])),
            "dayChangeRatio": 0.0 if np.isnan(before[symbol]) else over(last.at[symbol, "price"] - before[symbol], before[symbol]),
        }
        for symbol in symbols
    }
    returns = portfolio_returns(worth.sum(axis=1), income.sum(axis=1), bought.sum(axis=1), sold.sum(axis=1), complete(units, price * rate))
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
        "history": history(worth.sum(axis=1), returns, complete(units, price * rate)),
    }


class Market:
    """Prices, rates and dividends by day, in units as they are at the end."""

    def __init__(self, tables: dict[str, pd.DataFrame], base: str, days: pd.Index) -> None:
        self.tables, self.base, self.days = tables, base, days
        self.closes = dict(list(tables["closes"].groupby("symbol")))

    def factor(self, symbol: str, days: pd.Series) -> pd.Series:
        splits = self.tables["splits"]
        own = splits[(splits["symbol"] == symbol) & (splits["date"] <= self.days[-1])]
        factor = pd.Series(1.0, index=days.index)
        for _, split in own.iterrows():
            factor = factor.where(days >= split["date"], factor * split["ratio"])
        return factor

    def price(self, symbol: str) -> pd.Series:
        own = self.closes[symbol]
        adjusted = pd.Series((own["close"] / self.factor(symbol, own["date"])).to_numpy(), index=own["date"])
        return carried(adjusted, self.days)

    def rate(self, currency: str) -> pd.Series:
        if currency == self.base:
            return pd.Series(1.0, index=self.days)
        rates = self.tables["rates"]
        direct = rates[(rates["from"] == currency) & (rates["to"] == self.base)].set_index("date")["rate"]
        inverse = 1 / rates[(rates["to"] == currency) & (rates["from"] == self.base)].set_index("date")["rate"]
        return carried(pd.concat([direct, inverse]), self.days)

    def dividend(self, symbol: str) -> pd.Series:
        dividends = self.tables["dividends"]
        own = dividends[(dividends["symbol"] == symbol) & (dividends["date"] <= self.days[-1])]
        if own.empty:
            return pd.Series(0.0, index=self.days)
        amounts = own["amount"] / self.factor(symbol, own["date"])
        positions = self.days.searchsorted(own["date"])
        return amounts.groupby(self.days[positions].to_numpy()).sum().reindex(self.days, fill_value=0.0)

    def trades(self, quantity: pd.Series, rate: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        zero = pd.DataFrame(0.0, index=self.days, columns=quantity.index)
        change, bought, sold = zero.copy(), zero.copy(), zero.copy()
        for _, trade in self.tables["transactions"].iterrows():
            symbol = trade["symbol"]
            day = self.days[min(self.days.searchsorted(trade["date"]), len(self.days) - 1)]
            change.at[day, symbol] += trade["quantity"] * self.factor(symbol, pd.Series([trade["date"]])).iloc[0]
            side = bought if trade["quantity"] > 0 else sold
            side.at[day, symbol] += abs(trade["quantity"]) * trade["price"] * rate.at[day, symbol]
        later = change[::-1].cumsum()[::-1].shift(-1, fill_value=0.0)
        units = quantity - later
        most = quantity.abs() + change.abs().sum()
        return units.where(units.abs() > most * ROUNDING, 0.0), bought, sold


def carried(series: pd.Series, days: pd.Index) -> pd.Series:
    every = series.index.union(days)
    return series.reindex(every).sort_index().ffill().reindex(days)


def over(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 0 else None


def shares(last: pd.DataFrame, key: pd.Series) -> dict:
    groups = last.groupby(key)[["value", "weight"]].sum()
    return {name: {"value": float(share["value"]), "weight": float(share["weight"])} for name, share in groups.iterrows()}


def complete(units: pd.DataFrame, base_price: pd.DataFrame) -> int:
    missing = ((units != 0) & base_price.isna()).any(axis=1).to_numpy()
    return int(np.flatnonzero(missing).max()) + 1 if missing.any() else 0


def portfolio_returns(value: pd.Series, income: pd.Series, bought: pd.Series, sold: pd.Series, first: int) -> pd.Series | None:
    """Daily returns; the index's name is the day before the first."""
    before = (value.shift(1) + bought).iloc[first + 1 :]
    after = (value + income + sold).iloc[first + 1 :]
    capital = (before != 0) | (after != 0)
    before, after = before[capital], after[capital]
    if before.empty or (before <= 0).any():
        return None
    returns = after / before - 1
    returns.index.name = value.index[value.index.get_loc(returns.index[0]) - 1]
    return returns


def over_time(returns: pd.Series | None, risk_free: float, total: float) -> dict:
    nothing = ["period", "timeWeightedReturn", "annualisedReturn", "volatility", "sharpeRatio", "maxDrawdown", "valueAtRisk"]
    if returns is None:
        return dict.fromkeys(nothing)
    start, end = returns.index.name, returns.index[-1]
    growth = pd.concat([pd.Series({start: 1.0}), (1 + returns).cumprod()])
    linked = empyrical.cum_returns_final(returns)
    days = (pd.Timestamp(end) - pd.Timestamp(start)).days
    varies = len(returns) > 1 and returns.std() >= ROUNDING
    daily = (1 + risk_free) ** (1 / 252) - 1
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
        "period": {"from": start, "to": end, "returns": len(returns)},
        "timeWeightedReturn": linked,
        "annualisedReturn": (1 + linked) ** (365 / days) - 1 if days >= 365 and linked > -1 else None,
        "volatility": (empyrical.annual_volatility(returns) if varies else 0.0) if len(returns) > 1 else None,
        "sharpeRatio": empyrical.sharpe_ratio(returns, risk_free=daily) if varies else None,
        "maxDrawdown": worst,
        "valueAtRisk": value_at_risk(returns, total),
    }


def value_at_risk(returns: pd.Series, total: float) -> dict | None:
    if len(returns) < 20:
        return None
    ratio = -empyrical.value_at_risk(returns.to_numpy(), cutoff=0.05)
    worst = np.sort(returns.to_numpy())[: -(-len(returns) // 20)]
    return {"ratio": ratio, "amount": ratio * total, "expectedShortfall": -worst.mean()}


def benchmark(settings: dict, market: Market, returns: pd.Series | None) -> dict | None:
    if returns is None or "benchmark" not in settings:
        return None
    chosen = settings["benchmark"]
    other = unit_returns(market.price(chosen["symbol"]), market.rate(chosen["currency"]), market.dividend(chosen["symbol"]))
    both = pd.DataFrame({"own": returns, "other": other.reindex(returns.index)}).dropna()
    if both.empty:
        return None
    own, other = both["own"], both["other"]
    first = market.days[market.days.get_loc(both.index[0]) - 1]
    linked, mine = empyrical.cum_returns_final(other), empyrical.cum_returns_final(own)
    vary = len(both) > 1 and other.std() >= ROUNDING
    difference = own - other
    spread = difference.std() * np.sqrt(252) if difference.std() >= ROUNDING else 0.0
    return {
        "from": first,
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


def history(value: pd.Series, returns: pd.Series | None, first: int) -> dict:
    growth = {} if returns is None else {returns.index.name: 1.0, **(1 + returns).cumprod().to_dict()}
    return {day: {"value": float(amount), "growth": growth.get(day)} for day, amount in value.iloc[first:].items()}


def plain(value: object) -> object:
    """Of numpy's numbers, Python's; of what is not a number, nothing."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (np.floating, float)):
        return None if np.isnan(value) else float(value)
    return int(value) if isinstance(value, np.integer) else value


folders = sorted((path for path in Path(sys.argv[1]).iterdir() if path.name.isdigit()), key=lambda path: int(path.name))
json.dump({path.name: {"kind": (path / "kind.txt").read_text(), "figures": plain(figures(path))} for path in folders}, sys.stdout)
