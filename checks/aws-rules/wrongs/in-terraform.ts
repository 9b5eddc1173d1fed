import { inTerraformOrder } from "./in-terraform-order.js";
import { inTerraformOther } from "./in-terraform-other.js";
import { inTerraformPermission } from "./in-terraform-permission.js";
import type { InTerraform } from "./wrong.js";

export const inTerraform: InTerraform[] = [...inTerraformOrder, ...inTerraformPermission, ...inTerraformOther];
