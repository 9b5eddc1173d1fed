import { differencesAt, eachChange, type Flag, type Rule, words } from "../rule";

const lower: readonly (readonly [type: RegExp, path: RegExp, says: string])[] = [
  [/^aws_appautoscaling_target$/, /^min_capacity$/, "fewer tasks are kept running"],
  [/^aws_appautoscaling_target$/, /^max_capacity$/, "fewer tasks can be started, whatever the load"],
  [/^aws_ecs_service$/, /^desired_count$/, "fewer tasks run"],
  [/^aws_ecs_task_definition$/, /^(cpu|memory)$/, "each task gets less"],
  [/^aws_eks_node_group$/, /^scaling_config\.(min|max|desired)_size$/, "fewer machines"],
  [/^kubernetes_/, /^spec\.replicas$/, "fewer copies run"],
  [/^aws_autoscaling_group$/, /^(min_size|max_size|desired_capacity)$/, "fewer machines"],
  [/^aws_(db_instance|rds_cluster)$/, /^(allocated_storage|max_allocated_storage|iops)$/, "the database gets less"],
];
const higher: readonly (readonly [type: RegExp, path: RegExp, says: string])[] = [
  [/^aws_appautoscaling_policy$/, /target_value$/, "tasks are added later"],
];

export const lessCapacity: Rule = {
  id: "less-capacity",
  severity: "medium",
  why: "What is left may not carry the load, or the loss of one.",
  check: eachChange((change) => {
    if (change.action !== "update" && change.action !== "replace") return [];
    const found = (rows: typeof lower, isWorse: (before: number, after: number) => boolean): Omit<Flag, "change">[] =>
      rows.flatMap(([type, path, says]) =>
        (type.test(change.type) ? differencesAt(change, path) : [])
          .filter(({ before, after }) => isWorse(Number(before), Number(after)))
          .map(({ path: where, before, after }) => ({
            says: `${says} (${where}: ${words(before)} → ${words(after)})`,
          })),
      );
    return [...found(lower, (before, after) => after < before), ...found(higher, (before, after) => after > before)];
  }),
};
