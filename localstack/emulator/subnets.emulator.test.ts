import { connection } from "./ecs-task";

/** EC2's Query API, of which one call is not worth its SDK client. */
async function ec2(Action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const credential = `Credential=${connection.credentials.accessKeyId}/20260101/${connection.region}/ec2/aws4_request`;
  const response = await fetch(connection.endpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action, Version: "2016-11-15", ...parameters }),
  });
  return response.text();
}

const idIn = (answer: string, tag: string) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(answer)?.[1] ?? "";

it("refuses a second subnet with the same addresses, as a call makes it whose first answer was lost", async () => {
  const VpcId = idIn(await ec2("CreateVpc", { CidrBlock: "10.9.0.0/16" }), "vpcId");
  const subnet = { VpcId, CidrBlock: "10.9.1.0/24" };
  const SubnetId = idIn(await ec2("CreateSubnet", subnet), "subnetId");
  try {
    expect(idIn(await ec2("CreateSubnet", subnet), "Code")).toBe("InvalidSubnet.Conflict");
    const inside = { VpcId, CidrBlock: "10.9.1.128/25" };
    expect(idIn(await ec2("CreateSubnet", inside), "Code")).toBe("InvalidSubnet.Conflict");
    const beside = idIn(await ec2("CreateSubnet", { VpcId, CidrBlock: "10.9.2.0/24" }), "subnetId");
    expect(beside).toMatch(/^subnet-/);
    await ec2("DeleteSubnet", { SubnetId: beside });
  } finally {
    await ec2("DeleteSubnet", { SubnetId });
    await ec2("DeleteVpc", { VpcId });
  }
});
