import { balanced, listener, notBalanced, targetGroup } from "./balance.js";
import { cluster, fargate, noCluster, noService, noTask, service, serviceInput, taskDefinition } from "./tasks.js";
import { network, noNetwork } from "./world.js";
import type { Wrong } from "./wrong.js";

const target = (group: string): object => ({
  loadBalancers: [{ targetGroupArn: group, containerName: "app", containerPort: 80 }],
});

const groupArn = (answer: Record<string, { TargetGroupArn: string }[]>): string =>
  answer.TargetGroups?.[0]?.TargetGroupArn ?? "";

export const ecsOrder: Wrong[] = [
  {
    name: "service before the listener of its target group",
    service: "ecs",
    kind: "order",
    before: [
      ...balanced("wrong-ecs-listener"),
      targetGroup("wrong-ecs-lonely", "lonely"),
      cluster("wrong-ecs-listener", "cluster"),
      taskDefinition("wrong-ecs-listener"),
    ],
    wrong: {
      client: "ecs",
      command: "CreateServiceCommand",
      input: (made) => serviceInput(made, "cluster", "lonely", target(groupArn(made.lonely))),
    },
    answer: { error: "InvalidParameterException", message: "does not have an associated load balancer" },
    source: "https://github.com/hashicorp/terraform/issues/32908",
    explanation: "ECS takes a target group only when a listener or a rule of a load balancer already forwards to it.",
    right: {
      client: "ecs",
      command: "CreateServiceCommand",
      input: (made) => serviceInput(made, "cluster", "tied", target(groupArn(made.group))),
    },
    after: [noService("cluster", "tied"), noCluster("cluster"), noTask(), ...notBalanced],
  },
  {
    name: "service in a cluster that is not there yet",
    service: "ecs",
    kind: "order",
    before: [...network, cluster("wrong-ecs-there", "cluster"), taskDefinition("wrong-ecs-there")],
    wrong: {
      client: "ecs",
      command: "CreateServiceCommand",
      input: (made) => ({ ...serviceInput(made, "cluster", "early"), cluster: "wrong-ecs-not-there" }),
    },
    answer: { error: "ClusterNotFoundException", message: "Cluster not found" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html (Errors)",
    explanation: "The cluster must exist before a service is made in it.",
    right: service("cluster", "early"),
    after: [noService("cluster", "early"), noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "cluster deleted while it has a service",
    service: "ecs",
    kind: "order",
    before: [
      ...network,
      cluster("wrong-ecs-full", "full"),
      cluster("wrong-ecs-empty", "empty"),
      taskDefinition("wrong-ecs-full"),
      service("full", "still-here"),
    ],
    wrong: noCluster("full"),
    answer: {
      error: "ClusterContainsServicesException",
      message: "The Cluster cannot be deleted while Services are active",
    },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html (Errors)",
    explanation: "All services of a cluster must be deleted before the cluster, also services that want no task.",
    right: noCluster("empty"),
    after: [noService("full", "still-here"), noCluster("full"), noTask(), ...noNetwork],
  },
  {
    name: "service deleted while it wants tasks",
    service: "ecs",
    kind: "order",
    before: [
      ...network,
      cluster("wrong-ecs-scaled", "cluster"),
      taskDefinition("wrong-ecs-scaled"),
      service("cluster", "scaled", { desiredCount: 1 }),
    ],
    wrong: {
      client: "ecs",
      command: "DeleteServiceCommand",
      input: (made) => ({ cluster: made.cluster.cluster.clusterArn, service: "scaled" }),
    },
    answer: { error: "InvalidParameterException", message: "The service cannot be stopped while it is scaled above 0" },
    source:
      'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html (force: "not necessary if you scaled the service down to zero")',
    explanation: "The desired count must be 0 first, or the call must say force.",
    right: noService("cluster", "scaled"),
    after: [noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "service on capacity providers that the cluster does not have",
    service: "ecs",
    kind: "order",
    before: [
      ...network,
      cluster("wrong-ecs-bare", "bare"),
      cluster("wrong-ecs-provided", "provided", ["FARGATE", "FARGATE_SPOT"]),
      taskDefinition("wrong-ecs-provided"),
    ],
    wrong: service("bare", "spot", {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    }),
    answer: { error: "InvalidParameterException", message: "not associated with the cluster" },
    source: "https://github.com/dask/dask-cloudprovider/issues/328",
    explanation:
      "PutClusterCapacityProviders must come before a service whose strategy names the provider, FARGATE and FARGATE_SPOT too.",
    right: service("provided", "spot", {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    }),
    after: [noService("provided", "spot"), noCluster("provided"), noCluster("bare"), noTask(), ...noNetwork],
  },
  {
    name: "service updated before it is created",
    service: "ecs",
    kind: "order",
    before: [
      ...network,
      cluster("wrong-ecs-update", "cluster"),
      taskDefinition("wrong-ecs-update"),
      service("cluster", "made"),
    ],
    wrong: {
      client: "ecs",
      command: "UpdateServiceCommand",
      input: (made) => ({ cluster: made.cluster.cluster.clusterArn, service: "never-made", desiredCount: 0 }),
    },
    answer: { error: "ServiceNotFoundException" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html (Errors)",
    explanation: "UpdateService does not create. A deploy job that runs before the first apply fails here.",
    right: {
      client: "ecs",
      command: "UpdateServiceCommand",
      input: (made) => ({ cluster: made.cluster.cluster.clusterArn, service: "made", desiredCount: 0 }),
    },
    after: [noService("cluster", "made"), noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "service on a task definition that is deregistered",
    service: "ecs",
    kind: "order",
    before: [
      ...network,
      cluster("wrong-ecs-inactive", "cluster"),
      taskDefinition("wrong-ecs-inactive", "old"),
      taskDefinition("wrong-ecs-inactive", "task"),
      noTask("old"),
    ],
    wrong: {
      client: "ecs",
      command: "CreateServiceCommand",
      input: (made) => ({
        ...serviceInput(made, "cluster", "inactive"),
        taskDefinition: made.old.taskDefinition.taskDefinitionArn,
      }),
    },
    answer: { error: "ClientException", message: "TaskDefinition is inactive" },
    source:
      'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html ("You can\'t use an INACTIVE task definition to run new tasks or create new services")',
    explanation:
      "An old revision can no longer be given to a service, as in a roll back to a revision that Terraform replaced.",
    right: service("cluster", "inactive"),
    after: [noService("cluster", "inactive"), noCluster("cluster"), noTask(), ...noNetwork],
  },
  {
    name: "the same service created twice with other arguments",
    service: "ecs",
    kind: "order",
    before: [
      ...network,
      cluster("wrong-ecs-twice", "cluster"),
      taskDefinition("wrong-ecs-twice"),
      service("cluster", "first"),
    ],
    wrong: service("cluster", "first", { enableExecuteCommand: true, propagateTags: "SERVICE" }),
    answer: { error: "InvalidParameterException", message: "Creation of service was not idempotent" },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html (clientToken)",
    explanation:
      "A name is taken as long as the service is active. An apply with a lost state, or a replacement under the same name, fails here.",
    right: service("cluster", "second", { propagateTags: "SERVICE" }),
    after: [
      noService("cluster", "first"),
      noService("cluster", "second"),
      noCluster("cluster"),
      noTask(),
      ...noNetwork,
    ],
  },
  {
    name: "listener deleted and its target group given to a new service",
    service: "ecs",
    kind: "order",
    before: [
      ...balanced("wrong-ecs-gone"),
      targetGroup("wrong-ecs-gone-b", "other"),
      listener("lb", "other", 81, "listenerB"),
      cluster("wrong-ecs-gone", "cluster"),
      { client: "ecs", command: "RegisterTaskDefinitionCommand", input: fargate("wrong-ecs-gone"), as: "task" },
      {
        client: "elastic-load-balancing-v2",
        command: "DeleteListenerCommand",
        input: (made) => ({ ListenerArn: made.listenerB.Listeners[0].ListenerArn }),
      },
    ],
    wrong: {
      client: "ecs",
      command: "CreateServiceCommand",
      input: (made) => serviceInput(made, "cluster", "gone", target(groupArn(made.other))),
    },
    answer: { error: "InvalidParameterException", message: "does not have an associated load balancer" },
    source: "https://github.com/Bayer-Group/cloudformation-template-generator/issues/181",
    explanation:
      "The tie between a target group and a load balancer ends with the last listener or rule that forwards to it.",
    right: {
      client: "ecs",
      command: "CreateServiceCommand",
      input: (made) => serviceInput(made, "cluster", "kept", target(groupArn(made.group))),
    },
    after: [noService("cluster", "kept"), noCluster("cluster"), noTask(), ...notBalanced],
  },
];
