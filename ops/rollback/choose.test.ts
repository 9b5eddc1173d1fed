import { parseImage } from "../images/image";
import { earlierRelease, releaseOfVersion, tagsToDeploy } from "./choose";

const image = (name: string, tag: string) => parseImage(`registry/dev/${name}:${tag}`);
const tags = (release: string) => ({ backend: release, frontend: release, gateway: "g" });
const running = (backend: string, frontend = backend) => [
  image("backend", backend),
  image("frontend", frontend),
  image("gateway", "g"),
];
const recorded = (history: string) =>
  [...history].map((release, index) => ({ version: index + 1, recordedAt: undefined, tags: tags(release) }));

it.each([
  ["C after A and B", "ABC", running("C"), 2],
  ["B, to which C was rolled back", "ABCB", running("B"), 1],
  ["C, which was deployed once more after a rollback", "ABCBC", running("C"), 2],
  ["D after C, which ECS rolled back", "ABCBD", running("D"), 4],
  ["images of B and C: the deployment of C was interrupted", "AB", running("C", "B"), 2],
  ["nothing", "AB", [], 2],
])("chooses, where this runs: %s", (_, history, images, version) => {
  expect(earlierRelease(recorded(history), images).version).toBe(version);
});

it.each([
  ["the first release", "A", 1],
  ["a release to which everything later was rolled back", "ABA", 1],
])("says that nothing earlier is recorded than %s", (_, history, version) => {
  expect(() => earlierRelease(recorded(history), running("A"))).toThrow(
    `Nothing earlier is recorded: what runs is release ${version}, the oldest one.`,
  );
});

it("finds a release by its version, or says which there are", () => {
  expect(releaseOfVersion(recorded("AB"), 1).tags).toEqual(tags("A"));
  expect(() => releaseOfVersion(recorded("AB"), 7)).toThrow(
    "There is no release 7; there are 1, 2. Nothing was changed.",
  );
});

it("deploys the images of a release; one that it does not have stays, and one that the checkout does not have is left out", () => {
  const [release] = recorded("A");
  const added = [...running("B"), image("orders", "o1")];
  const names = ["gateway", "backend", "orders", "reports"];
  expect(release && tagsToDeploy(release, added, names)).toEqual({ gateway: "g", backend: "A", orders: "o1" });
});
