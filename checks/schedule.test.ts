import { proofs } from "./checks";
import { scheduleOf } from "./schedule";

it.each(proofs.map(({ name }) => name))("%s runs by itself each week", (name) => {
  expect(scheduleOf(name)).toBe("weekly");
});

it("says nothing of what no workflow runs", () => {
  expect(scheduleOf("nothing")).toBeUndefined();
});
