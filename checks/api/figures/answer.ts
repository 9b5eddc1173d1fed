/** The parts of the API's answer that a reference knows, by name and not by position: what is equal may stand in any order. */
export interface Answer {
  readonly assets: readonly { readonly symbol: string }[];
  readonly allocation: readonly { readonly assetClass: string }[];
  readonly insights: {
    readonly exposure: {
      readonly gross: number;
      readonly currencies: readonly { readonly currency: string }[];
      readonly sectors: readonly { readonly sector: string }[];
    };
    readonly correlation: {
      readonly symbols: readonly string[];
      readonly matrix: readonly (readonly (number | null)[])[];
    };
    readonly income: { readonly byHolding: readonly { readonly symbol: string; readonly amount: number }[] };
  };
  readonly history: readonly { readonly date: string }[];
}

export function byName({ assets, allocation, insights, history, ...rest }: Answer) {
  const { exposure, correlation, income } = insights;
  return {
    ...rest,
    assets: index(assets, ({ symbol }) => symbol),
    allocation: index(allocation, ({ assetClass }) => assetClass),
    insights: {
      ...insights,
      exposure: {
        ...exposure,
        currencies: index(exposure.currencies, ({ currency }) => currency),
        sectors: index(exposure.sectors, ({ sector }) => sector),
      },
      correlation: Object.fromEntries(
        correlation.symbols.map((symbol, row) => [
          symbol,
          Object.fromEntries(correlation.symbols.map((other, column) => [other, correlation.matrix[row]?.[column]])),
        ]),
      ),
      income: {
        ...income,
        byHolding: Object.fromEntries(income.byHolding.map(({ symbol, amount }) => [symbol, amount])),
      },
    },
    history: index(history, ({ date }) => date),
  };
}

function index<Item>(items: readonly Item[], nameOf: (item: Item) => string): Record<string, Item> {
  return Object.fromEntries(items.map((item) => [nameOf(item), item]));
}
