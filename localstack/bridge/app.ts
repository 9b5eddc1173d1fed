import { Hono } from "hono";
import { createAutoscaling } from "./autoscaling/operations";
import { AwsError } from "./aws-error";
import { callerOf } from "./caller";

const AUTOSCALING = "AnyScaleFrontendService";

/** The AWS APIs that the emulator lacks, over AWS JSON 1.1. Its state lives as long as the returned app. `emulator` is the address of the other APIs. */
export function createBridge(emulator?: string): Hono {
  const services = { [AUTOSCALING]: createAutoscaling() };
  const app = new Hono();

  app.get("/health", (context) => context.json({ services: Object.keys(services) }));

  app.post("/", async (context) => {
    const target = context.req.header("x-amz-target") ?? "";
    const [service = "", operation = ""] = target.split(".");
    const handler = Object.hasOwn(services, service)
      ? services[service as keyof typeof services][operation]
      : undefined;
    if (!handler) {
      throw new AwsError(
        "UnknownOperationException",
        `The bridge does not know ${target || "a request without X-Amz-Target"}`,
      );
    }
    const caller = await callerOf(context.req.header("authorization"), emulator);
    return context.json(handler(caller, parseBody(await context.req.text())));
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
