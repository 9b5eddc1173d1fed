import { services } from "../../stacks/services";
import { imagesOf } from "./images";

describe("the images of a service", () => {
  it("are its own and that of the gateway, which a worker does not have", () => {
    const [{ name, size, calls, architecture, writablePaths, secrets, objects }] = services;
    const shared = { size, calls, architecture, writablePaths, secrets, objects };
    const worker = { ...shared, name: "reports", exposure: "none", healthCommand: ["true"] } as const;
    expect(imagesOf(name)).toEqual([name, "gateway"]);
    expect(imagesOf("reports", [...services, worker])).toEqual(["reports"]);
  });

  it("are of a row of the table", () => {
    expect(() => imagesOf("orders")).toThrow('Unknown service "orders"; there are frontend, backend.');
  });
});
