import {
  DeleteParameterCommand,
  PutParameterCommand,
  paginateGetParameterHistory,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { connection } from "./ecs-task";

const ssm = new SSMClient(connection);
const Name = "/emulator/versions";
afterAll(() => ssm.send(new DeleteParameterCommand({ Name })));

it("keeps the newest 100 versions of a parameter", async () => {
  await ssm.send(new PutParameterCommand({ Name, Type: "String", Value: "1" }));
  for (let version = 2; version <= 103; version++) {
    await ssm.send(new PutParameterCommand({ Name, Value: String(version), Overwrite: true }));
  }
  const values: (string | undefined)[] = [];
  for await (const { Parameters = [] } of paginateGetParameterHistory({ client: ssm }, { Name })) {
    values.push(...Parameters.map(({ Version, Value }) => (String(Version) === Value ? Value : undefined)));
  }
  expect(values).toEqual(Array.from({ length: 100 }, (_, index) => String(index + 4)));
});
