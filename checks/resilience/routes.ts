import { docker } from "../deployed/containers";
import type { Drill } from "./drill";

const publicRoutes = ["/", "/healthz", "/api/health", "/api/assets", "/api/insights"];
const internalRoutes = ["/api/health", "/api/assets", "/api/insights"];

export const routes: Drill = {
  id: "routes",
  title: "Each route answers through its load balancer",
  needs: ["elb-path-rules", "route53-private-zone"],
  run: async (deployed) => {
    const answers = await Promise.all(
      publicRoutes.map(async (path) => `public ${path} ${(await deployed.ask(path)).status}`),
    );
    const [frontend] = deployed.containers("frontend", "app");
    if (!frontend) return { passed: false, evidence: "no task of the frontend runs" };
    const name = `http://backend.${deployed.environment.name}.internal`;
    for (const path of internalRoutes) {
      const script = `fetch("${name}${path}").then(({ status }) => console.log(status))`;
      answers.push(`internal ${path} ${docker("exec", frontend, "node", "-e", script)}`);
    }
    const wrong = answers.filter((answer) => !answer.endsWith(" 200"));
    return { passed: wrong.length === 0, evidence: wrong.join(", ") || `${answers.length} routes answer 200` };
  },
};
