import { ask } from "../shell/run";
import { emulatorAt } from "./emulator-at";

jest.mock("../shell/run", () => ({ ask: jest.fn() }));

it("finds the container at an endpoint by its port, on this machine alone", async () => {
  jest
    .mocked(ask)
    .mockImplementation(async (_, [command, ...args]) =>
      command === "inspect" ? "id today" : args.includes("publish=40001") ? "id" : "",
    );
  expect(await emulatorAt("http://127.0.0.1:40001")).toBe("id today");
  expect(await emulatorAt("http://127.0.0.1:40002")).toBeNull();
  expect(await emulatorAt("https://example.com:40001")).toBeNull();
});
