import { Hono } from "hono";
import type { AccountMetrics } from "./account-metrics";
import { EcsServices } from "./autoscaling/ecs-services";
import type { Accounts } from "./autoscaling/model";
import { createAutoscaling } from "./autoscaling/operations";
import { EmulatedPermissions } from "./autoscaling/permissions";
import { AwsError } from "./aws-error";
import { callerOf } from "./caller";
import type { Clock } from "./cloudwatch/clock";
import { countRequest, finishedRequests } from "./cloudwatch/load-balancer-metrics";

const AUTOSCALING = "AnyScaleFrontendService";

export interface BridgeOptions {
  /** Address of the other APIs. */
  readonly emulator?: string | undefined;
  readonly clock: Clock;
  readonly scaling: Accounts;
  /** By account. */
  readonly metrics: ReadonlyMap<string, AccountMetrics>;
}

/** The AWS APIs that the emulator lacks, over AWS JSON 1.1, and where the load balancers report requests. Its state lives as long as the returned app. */
export function createControlPlane({ emulator, clock, scaling, metrics }: BridgeOptions): Hono {
  const services = {
    [AUTOSCALING]: emulator
      ? createAutoscaling(
          scaling,
          (caller) => new EcsServices(caller, emulator),
          (caller) => new EmulatedPermissions(caller, emulator),
        )
      : createAutoscaling(scaling),
  };
  const app = new Hono();

  app.get("/health", (context) => context.json({ services: Object.keys(services) }));

  app.post("/requests", async (context) => {
    const requests = finishedRequests.safeParse(await context.req.json());
    if (!requests.success) return context.text(requests.error.message, 400);
    for (const request of requests.data) {
      const account = request.loadBalancerArn.split(":")[4] ?? "";
      const samples = metrics.get(account)?.samples;
      if (samples) countRequest(samples, clock.minute(), request);
    }
    return context.body(null, 204);
  });

  app.post("/", async (context) => {
    const target = context.req.header("x-amz-target") ?? "";
    const [service = "", operation = ""] = target.split(".");
    const handler = Object.hasOwn(services, service)
      ? services[service as keyof typeof services][operation]
      : undefined;
    if (!handler) {
      throw new AwsError(
        "UnknownOperationException",
        `The control plane has no operation ${target || "a request without X-Amz-Target"}`,
      );
    }
    const caller = await callerOf(context.req.header("authorization"), emulator);
    return context.json(await handler(caller, parseBody(await context.req.text())));
  });

  app.onError((error, context) => {
    if (error instanceof AwsError) {
      return context.json({ __type: error.code, message: error.message }, 400);
    }
    console.error(error);
    return context.json({ __type: "InternalServiceException", message: String(error) }, 500);
  });

  return app;
}

function parseBody(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || "{}");
  } catch {
    throw new AwsError("SerializationException", "The request body is not JSON");
  }
}
