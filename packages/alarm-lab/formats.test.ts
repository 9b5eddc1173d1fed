import type { MetricAlarm } from "./alarm";
import { address, notGiven, plan, read, type, values } from "./read.fixture";

describe("other formats", () => {
  const resources = [{ address, type, mode: "managed", values }];
  const attributes = { ...values, ...notGiven, id: "errors" };
  const aws = {
    AlarmName: "errors",
    Namespace: "AWS/ApplicationELB",
    MetricName: "HTTPCode_Target_5XX_Count",
    Dimensions: [{ Name: "LoadBalancer", Value: "app/public/1" }],
    Statistic: "Sum",
    Period: 300,
    EvaluationPeriods: 3,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 5,
    AlarmActions: ["arn:aws:sns:us-east-1:111111111111:page"],
  };

  it.each([
    ["a state of terraform show -json", { format_version: "1.0", values: { root_module: { resources } } }],
    [
      "terraform.tfstate",
      { version: 4, resources: [{ mode: "managed", type, name: "errors", instances: [{ attributes }] }] },
    ],
    ["describe-alarms", { MetricAlarms: [{ ...aws, StateValue: "OK" }], CompositeAlarms: [] }],
    ["CloudFormation", { Resources: { Errors: { Type: "AWS::CloudWatch::Alarm", Properties: aws } } }],
  ])("%s is read as the plan", (_, content) => {
    const [expected] = read(plan());
    expect(read(content)).toEqual([{ ...expected, address: expect.any(String) }]);
  });

  it("reads references of a template", () => {
    const template = {
      Parameters: { Name: { Type: "String", Default: "errors" } },
      Resources: {
        Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
        Page: { Type: "AWS::SNS::Topic" },
        Errors: {
          Type: "AWS::CloudWatch::Alarm",
          Properties: {
            ...aws,
            AlarmName: { Ref: "Name" },
            Dimensions: [{ Name: "LoadBalancer", Value: { "Fn::GetAtt": ["Balancer", "LoadBalancerFullName"] } }],
            AlarmActions: [{ Ref: "Page" }, { Ref: "AWS::NoValue" }],
          },
        },
        Service: {
          Type: "AWS::CloudWatch::CompositeAlarm",
          Properties: { AlarmRule: { "Fn::Join": ["", ['ALARM("', { "Fn::GetAtt": ["Errors", "Arn"] }, '")']] } },
        },
        Other: {
          Type: "AWS::CloudWatch::CompositeAlarm",
          Properties: { AlarmName: "other", AlarmRule: { "Fn::Sub": `OK(\${Service}) AND NOT ALARM(\${Errors.Arn})` } },
        },
      },
    };
    const [errors, service, other] = read(template);
    expect(errors).toMatchObject({ name: "errors", actions: { ALARM: [`\${Page}`] } });
    expect((errors as MetricAlarm).queries.get("m")).toMatchObject({
      metric: { dimensions: { LoadBalancer: `\${Balancer.LoadBalancerFullName}` } },
    });
    expect(service).toMatchObject({ name: "Service", rule: 'ALARM("errors")' });
    expect(other).toMatchObject({ rule: "OK(Service) AND NOT ALARM(errors)" });
  });
});
