import type { Edits } from "./edit";
import { orderEdits } from "./order";
import { otherEdits } from "./other";
import { permissionEdits } from "./permission";

/** For each wrong thing of `inTerraform` the same in our stacks, or why there is none. */
export const edits: Edits = { ...orderEdits, ...permissionEdits, ...otherEdits };
