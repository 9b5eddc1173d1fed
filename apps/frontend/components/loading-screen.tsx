/** The outline of the finished screen, so that nothing jumps when the numbers arrive. */
export function LoadingScreen() {
  return (
    <>
      <p className="source source-line" role="status">
        Reading the portfolio…
      </p>
      <div className="panel summary skeleton" aria-hidden="true" />
      <div className="panel allocation skeleton" aria-hidden="true" />
      <div className="panel holdings skeleton" aria-hidden="true" />
    </>
  );
}
