import { Screen } from "../components/screen";

export default function NotFound() {
  return (
    <Screen>
      <section className="panel message" aria-labelledby="missing-heading">
        <svg className="message-mark" viewBox="0 0 64 64" aria-hidden="true">
          <path d="M28 46a18 18 0 1 1 0-36 18 18 0 0 1 0 36ZM42 42l14 14" />
        </svg>
        <h1 id="missing-heading">There is no such page</h1>
        <p>
          Perhaps a holding was sold, or the address was mistyped. <a href="/holdings">See all holdings</a>, or go to
          the <a href="/">overview</a>.
        </p>
      </section>
    </Screen>
  );
}
