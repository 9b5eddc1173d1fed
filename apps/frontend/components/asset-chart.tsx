import type { AssetAnswer } from "../lib/answers";
import { type AssetEvent, assetEvents } from "../lib/asset-events";
import { axisMoney, day, money, signedPercent } from "../lib/format";
import { type Range, within } from "../lib/ranges";
import { LineChart } from "./line-chart";
import { RangeLinks } from "./range-links";
import { SignedAmount } from "./signed-amount";

interface AssetChartProps {
  readonly answer: AssetAnswer;
  readonly range: Range;
}

export function AssetChart({ answer, range }: AssetChartProps) {
  const { asset, history } = answer;
  const points = within(history, range).map(({ date, adjustedClose }) => ({ date, value: adjustedClose }));
  const [first, last] = [points[0], points.at(-1)];
  const change = first && last && first.value > 0 ? last.value / first.value - 1 : null;
  const amount = (value: number) => money(value, asset.currency);
  const marks = assetEvents(answer).filter(({ date }) => first && date >= first.date);
  return (
    <section id="price" className="panel" aria-labelledby="price-heading">
      <div className="panel-head">
        <h2 id="price-heading">
          Price <SignedAmount of={change}>{signedPercent(change)}</SignedAmount>
        </h2>
        <RangeLinks current={range} anchor="price" />
      </div>
      {first && last && points.length > 1 ? (
        <LineChart
          summary={`The price of ${asset.symbol} went from ${amount(first.value)} on ${day(first.date)} to ${amount(last.value)} on ${day(last.date)}.`}
          lines={[{ name: asset.symbol, className: "line-portfolio", points }]}
          format={(value) => axisMoney(value, asset.currency)}
          height={300}
          marks={marks.map(({ date, kind, text }) => ({ date, title: `${day(date)}: ${kind}, ${text}` }))}
        />
      ) : (
        <p className="aside">There are not enough days with prices to draw a line.</p>
      )}
      <p className="aside">Adjusted for splits. A dot is a day on which something happened.</p>
    </section>
  );
}

interface AssetHistoryProps {
  readonly events: readonly AssetEvent[];
}

export function AssetHistory({ events }: AssetHistoryProps) {
  return (
    <section className="panel wide" aria-labelledby="events-heading">
      <h2 id="events-heading">What happened</h2>
      {events.length === 0 ? (
        <p className="aside">The data names no transaction, dividend or split of this holding.</p>
      ) : (
        <table className="events">
          <colgroup span={3} />
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">What</th>
              <th scope="col">How much</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ date, kind, text }) => (
              <tr key={date + kind + text}>
                <th scope="row">
                  <time dateTime={date}>{day(date)}</time>
                </th>
                <td>{kind}</td>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
