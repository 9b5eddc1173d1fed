import { account, caller } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const client = "budgets";

const budget = (name: string, more: object = {}): Call => ({
  client,
  command: "CreateBudgetCommand",
  input: (made) => ({
    AccountId: account(made),
    Budget: { BudgetName: name, BudgetType: "COST", TimeUnit: "MONTHLY", BudgetLimit: { Amount: "100", Unit: "USD" } },
    ...more,
  }),
});

const noBudget = (name: string): Call => ({
  client,
  command: "DeleteBudgetCommand",
  input: (made) => ({ AccountId: account(made), BudgetName: name }),
});

const notification = {
  NotificationType: "ACTUAL",
  ComparisonOperator: "GREATER_THAN",
  Threshold: 80,
  ThresholdType: "PERCENTAGE",
};
const subscribers = [{ SubscriptionType: "EMAIL", Address: "ops@example.com" }];

const notify = (name: string): Call => ({
  client,
  command: "CreateNotificationCommand",
  input: (made) => ({
    AccountId: account(made),
    BudgetName: name,
    Notification: notification,
    Subscribers: subscribers,
  }),
});

const api = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference";

export const budgets: Wrong[] = [
  {
    name: "budget name taken",
    service: "budgets",
    kind: "order",
    before: [caller, budget("wrong-budget-taken")],
    wrong: budget("wrong-budget-taken"),
    answer: { error: "DuplicateRecordException" },
    source: `${api}/API_budgets_CreateBudget.html (Errors: DuplicateRecordException)`,
    explanation: "Budget names are unique in the account, in all regions. Stages with one name collide.",
    right: budget("wrong-budget-free"),
    after: [noBudget("wrong-budget-taken"), noBudget("wrong-budget-free")],
  },
  {
    name: "notification before its budget",
    service: "budgets",
    kind: "order",
    before: [caller, budget("wrong-budget-there")],
    wrong: notify("wrong-budget-not-there"),
    answer: { error: "NotFoundException" },
    source: `${api}/API_budgets_CreateNotification.html (Errors: NotFoundException)`,
    explanation: "The budget must exist before its notifications.",
    right: notify("wrong-budget-there"),
    after: [noBudget("wrong-budget-there")],
  },
  {
    name: "the same notification twice",
    service: "budgets",
    kind: "argument",
    before: [caller, budget("wrong-budget-first"), budget("wrong-budget-second"), notify("wrong-budget-first")],
    wrong: notify("wrong-budget-first"),
    answer: { error: "DuplicateRecordException" },
    source: `${api}/API_budgets_CreateNotification.html (Errors: DuplicateRecordException)`,
    explanation: "A notification is known by its type, operator and threshold. It has no id of its own.",
    right: notify("wrong-budget-second"),
    after: [noBudget("wrong-budget-first"), noBudget("wrong-budget-second")],
  },
  {
    name: "budget deleted that is not there",
    service: "budgets",
    kind: "order",
    before: [caller, budget("wrong-budget-deleted")],
    wrong: noBudget("wrong-budget-never-made"),
    answer: { error: "NotFoundException" },
    source: `${api}/API_budgets_DeleteBudget.html (Errors: NotFoundException)`,
    explanation: "A deletion is not idempotent.",
    right: noBudget("wrong-budget-deleted"),
  },
  {
    name: "a budget without cost types counts nothing",
    service: "budgets",
    kind: "answer",
    before: [caller, budget("wrong-budget-types")],
    wrong: {
      client,
      command: "DescribeBudgetCommand",
      input: (made) => ({ AccountId: account(made), BudgetName: "wrong-budget-types" }),
    },
    answer: {
      result: ({ Budget: one }) =>
        one.CostTypes.IncludeTax === true &&
        one.CostTypes.IncludeSupport === true &&
        one.CostTypes.UseBlended === false &&
        one.TimePeriod.Start !== undefined &&
        one.TimePeriod.End !== undefined,
      says: "cost types and a time period are filled in",
    },
    source: `${api}/API_budgets_CostTypes.html; ${api}/API_budgets_TimePeriod.html (defaults)`,
    explanation: "AWS fills in what a budget counts, the start of the period and an end in 2087.",
    right: {
      client,
      command: "DescribeNotificationsForBudgetCommand",
      input: (made) => ({ AccountId: account(made), BudgetName: "wrong-budget-types" }),
    },
    after: [noBudget("wrong-budget-types")],
  },
];
