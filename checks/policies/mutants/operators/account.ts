import { type Operator, set } from "../operator";

export const account: readonly Operator[] = [
  {
    id: "any-account",
    mistake: "applies to whatever account the shell has",
    type: "provider",
    change: set({ allowed_account_ids: undefined }),
    applies: ({ allowed_account_ids }) => allowed_account_ids !== undefined,
  },
  {
    id: "emulator-endpoint",
    mistake: "leaves an emulator's address in the stacks",
    type: "provider",
    change: set({ endpoints: [{ s3: "http://127.0.0.1:4566" }] }),
    applies: ({ region }) => region !== undefined,
  },
  {
    id: "credentials-unchecked",
    mistake: "skips the check of credentials",
    type: "provider",
    change: set({ skip_credentials_validation: true }),
    applies: ({ region }) => region !== undefined,
  },
  {
    id: "untagged",
    mistake: "drops the tags of everything",
    type: "provider",
    change: set({ default_tags: undefined }),
    applies: ({ default_tags }) => default_tags !== undefined,
  },
  {
    id: "address-untagged",
    mistake: "drops the tag that says which code made it",
    type: "aws_vpc",
    change: set({ tags: {} }),
  },
  {
    id: "state-unlocked",
    mistake: "lets two deploys write one state",
    type: "backend",
    change: set({ use_lockfile: false }),
  },
  {
    id: "state-elsewhere",
    mistake: "keeps the state in another environment's bucket",
    type: "backend",
    change: set({ bucket: "portfolio-dashboard-999999999999-us-east-1-state" }),
  },
];

/** Committed before the policies that must catch what they do: see the history of this file. */
