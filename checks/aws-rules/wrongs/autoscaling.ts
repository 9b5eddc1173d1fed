import { cluster, noCluster, noService, noTask, service, taskDefinition } from "./tasks.js";
import { network, noNetwork } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const client = "application-auto-scaling";

const target = (name: string, more: object = {}): Call => ({
  client,
  command: "RegisterScalableTargetCommand",
  input: {
    ServiceNamespace: "ecs",
    ResourceId: `service/${name}/app`,
    ScalableDimension: "ecs:service:DesiredCount",
    MinCapacity: 1,
    MaxCapacity: 4,
    ...more,
  },
});

const noTarget = (name: string): Call => ({
  client,
  command: "DeregisterScalableTargetCommand",
  input: { ServiceNamespace: "ecs", ResourceId: `service/${name}/app`, ScalableDimension: "ecs:service:DesiredCount" },
});

const tracking = (name: string, more: object = {}): Call => ({
  client,
  command: "PutScalingPolicyCommand",
  input: {
    PolicyName: "cpu",
    ServiceNamespace: "ecs",
    ResourceId: `service/${name}/app`,
    ScalableDimension: "ecs:service:DesiredCount",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 60,
      PredefinedMetricSpecification: { PredefinedMetricType: "ECSServiceAverageCPUUtilization" },
      ...more,
    },
  },
});

const running = (name: string): Call[] => [
  ...network,
  cluster(name, "cluster"),
  taskDefinition(name),
  service("cluster", "app"),
];
const stopped: Call[] = [noService("cluster", "app"), noCluster("cluster"), noTask(), ...noNetwork];

const api = "https://docs.aws.amazon.com/autoscaling/application/APIReference";

export const autoscaling: Wrong[] = [
  {
    name: "scaling policy before its target",
    service: "application-auto-scaling",
    kind: "order",
    before: [...running("wrong-as-policy"), target("wrong-as-policy")],
    wrong: tracking("wrong-as-other"),
    answer: { error: "ObjectNotFoundException", message: "No scalable target registered" },
    source: `${api}/API_PutScalingPolicy.html (Errors: ObjectNotFoundException)`,
    explanation: "The scalable target must be registered first.",
    right: tracking("wrong-as-policy"),
    after: [noTarget("wrong-as-policy"), ...stopped],
  },
  {
    name: "scalable target before its service",
    service: "application-auto-scaling",
    kind: "order",
    before: running("wrong-as-target"),
    wrong: target("wrong-as-target", { ResourceId: "service/wrong-as-target/not-there" }),
    answer: { error: "ValidationException", message: "ECS service doesn't exist" },
    source: "https://github.com/spinnaker/spinnaker/issues/4371",
    explanation:
      "Application Auto Scaling asks ECS for the service. A resource id built from plain names gives Terraform no dependency.",
    right: target("wrong-as-target"),
    after: [noTarget("wrong-as-target"), ...stopped],
  },
  {
    name: "minimum above the maximum",
    service: "application-auto-scaling",
    kind: "argument",
    before: running("wrong-as-minimum"),
    wrong: target("wrong-as-minimum", { MinCapacity: 5, MaxCapacity: 2 }),
    answer: { error: "ValidationException" },
    source: `${api}/API_RegisterScalableTarget.html (MinCapacity, MaxCapacity)`,
    explanation: "The maximum must not be less than the minimum.",
    right: target("wrong-as-minimum", { MinCapacity: 2, MaxCapacity: 5 }),
    after: [noTarget("wrong-as-minimum"), ...stopped],
  },
  {
    name: "dimension with a small letter",
    service: "application-auto-scaling",
    kind: "argument",
    before: running("wrong-as-dimension"),
    wrong: target("wrong-as-dimension", { ScalableDimension: "ecs:service:desiredCount" }),
    answer: { error: "ValidationException", message: "scalableDimension" },
    source: `${api}/API_RegisterScalableTarget.html (ScalableDimension)`,
    explanation: "The dimension is one of a fixed list and is case-sensitive.",
    right: target("wrong-as-dimension"),
    after: [noTarget("wrong-as-dimension"), ...stopped],
  },
  {
    name: "requests per target without a label",
    service: "application-auto-scaling",
    kind: "argument",
    before: [...running("wrong-as-label"), target("wrong-as-label")],
    wrong: tracking("wrong-as-label", {
      PredefinedMetricSpecification: { PredefinedMetricType: "ALBRequestCountPerTarget" },
    }),
    answer: { error: "ValidationException" },
    source: `${api}/API_PredefinedMetricSpecification.html (ResourceLabel)`,
    explanation: "The metric needs the load balancer and the target group: app/<name>/<id>/targetgroup/<name>/<id>.",
    right: tracking("wrong-as-label"),
    after: [noTarget("wrong-as-label"), ...stopped],
  },
  {
    name: "target deregistered twice",
    service: "application-auto-scaling",
    kind: "order",
    before: [...running("wrong-as-twice"), target("wrong-as-twice")],
    wrong: noTarget("wrong-as-never"),
    answer: { error: "ObjectNotFoundException" },
    source: `${api}/API_DeregisterScalableTarget.html (Errors: ObjectNotFoundException)`,
    explanation: "Deregistration of an unknown target is an error, not a success.",
    right: noTarget("wrong-as-twice"),
    after: stopped,
  },
  {
    name: "target tracking leaves the alarms to its user",
    service: "application-auto-scaling",
    kind: "answer",
    before: [...running("wrong-as-alarms"), target("wrong-as-alarms")],
    wrong: tracking("wrong-as-alarms"),
    answer: {
      result: (answer) =>
        answer.Alarms.length === 2 &&
        answer.Alarms.every((one: { AlarmName: string }) => one.AlarmName.startsWith("TargetTracking-")),
      says: "two alarms, TargetTracking-..., that the service made and owns",
    },
    source: `${api}/API_PutScalingPolicy.html (Alarms; example)`,
    explanation: "A target tracking policy makes a high and a low alarm. Nobody else may edit or delete them.",
    right: {
      client,
      command: "DescribeScalingPoliciesCommand",
      input: { ServiceNamespace: "ecs", ResourceId: "service/wrong-as-alarms/app" },
    },
    after: [noTarget("wrong-as-alarms"), ...stopped],
  },
];
