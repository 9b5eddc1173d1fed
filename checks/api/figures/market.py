"""Prices, rates, dividends and transactions by day, in units as they are at the end."""

import pandas as pd

ROUNDING = 1e-12


class Market:
    def __init__(self, tables: dict[str, pd.DataFrame], base: str, days: pd.Index) -> None:
        self.tables, self.base, self.days = tables, base, days

    def factor(self, symbol: str, days: pd.Series) -> pd.Series:
        splits = self.tables["splits"]
        own = splits[(splits["symbol"] == symbol) & (splits["date"] <= self.days[-1])]
        factor = pd.Series(1.0, index=days.index)
        for _, split in own.iterrows():
            factor = factor.where(days >= split["date"], factor * split["ratio"])
        return factor

    def prices(self, symbol: str, traded: bool = True) -> pd.Series:
        """Closes, and on days without one what a unit cost on average in the day's transactions; those without a price say none."""
        closes, trades = (frame[frame["symbol"] == symbol] for frame in (self.tables["closes"], self.tables["transactions"]))
        own = closes.set_index("date")["close"]
        paid = trades[(trades["price"] > 0) & ~trades["date"].isin(own.index)]
        if traded and not paid.empty:
            units = paid["quantity"].abs()
            means = (units * paid["price"]).groupby(paid["date"]).sum() / units.groupby(paid["date"]).sum()
            own = pd.concat([own, means])
        own = own.sort_index()
        return own / self.factor(symbol, own.index.to_series())

    def price(self, symbol: str, traded: bool = True) -> pd.Series:
        return carried(self.prices(symbol, traded), self.days)

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

    def trades(self, quantity: pd.Series, price: pd.DataFrame, rate: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
        """Units held at the end of each day; paid for purchases; received for sales; and the worth of what entered without either."""
        change, bought, sold, entered = (pd.DataFrame(0.0, index=self.days, columns=quantity.index) for _ in range(4))
        last = self.days[-1]
        for _, trade in self.tables["transactions"].iterrows():
            symbol = trade["symbol"]
            day = self.days[min(self.days.searchsorted(trade["date"]), len(self.days) - 1)]
            units = trade["quantity"] * self.factor(symbol, pd.Series([trade["date"]])).iloc[0]
            change.at[day, symbol] += units
            if trade["date"] > last:
                entered.at[day, symbol] += units * price.at[last, symbol] * rate.at[last, symbol]
                continue
            side = bought if trade["quantity"] > 0 else sold
            side.at[day, symbol] += abs(trade["quantity"]) * trade["price"] * rate.at[day, symbol]
        later = change[::-1].cumsum()[::-1].shift(-1, fill_value=0.0)
        units = quantity - later
        most = quantity.abs() + change.abs().sum()
        units = units.where(units.abs() > most * ROUNDING, 0.0)
        worth = price * rate
        begins = worth.notna() & worth.shift(1).isna()
        begins.iloc[0] = False
        entered += (units.shift(1) * worth).where(begins, 0.0).fillna(0.0)
        return units, bought, sold, entered


def carried(series: pd.Series, days: pd.Index) -> pd.Series:
    every = series.index.union(days)
    return series.reindex(every).sort_index().ffill().reindex(days)
