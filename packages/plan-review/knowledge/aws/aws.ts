import { harmless } from "../arguments";
import type { Provider } from "../knowledge";
import { compute } from "./compute";
import { data } from "./data";
import { ecs } from "./ecs";
import { edge } from "./edge";
import { eks } from "./eks";
import { elb } from "./elb";
import { iam } from "./iam";
import { lambda } from "./lambda";
import { network } from "./network";
import { observability } from "./observability";
import { rds } from "./rds";
import { reach, reachRows } from "./reach/effects";
import { s3 } from "./s3";
import { security } from "./security";
import { tag } from "./tags";

export const aws: Provider = {
  services: [compute, data, ecs, edge, eks, elb, iam, lambda, network, observability, rds, s3, security],
  common: { tags: tag, tags_all: tag, ...harmless("timeouts id arn region") },
  analyses: [reach],
  reach: reachRows,
};
