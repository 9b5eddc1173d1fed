// Asks the orders API every five seconds and says what it answered. Healthy as long as it is alive.
const { writeFileSync } = require("node:fs");

async function work() {
  writeFileSync("/tmp/alive", "");
  const answer = await fetch(`${process.env.ORDERS_URL}/api/orders`).then(
    ({ status }) => String(status),
    (error) => String(error.cause ?? error),
  );
  console.log(JSON.stringify({ message: `orders answered ${answer}` }));
}

const timer = setInterval(work, 5000);
work();
process.on("SIGTERM", () => clearInterval(timer));
