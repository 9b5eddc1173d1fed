// What `make check NAME=cold` asks of the system that a fresh machine has just started: Node alone, no packages.
const paths = ["/", "/api/health", "/api/assets", "/api/insights"];
for (const path of paths) {
  const response = await fetch(`http://127.0.0.1:8081${path}`);
  console.log(`${response.status} ${path}`);
  if (response.status !== 200) process.exitCode = 1;
}
