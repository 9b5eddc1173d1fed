import type { Rule } from "../rule";
import { behavesDifferently } from "./behaves-differently";
import { breaksWhatExists, changesWhatExists } from "./changes-what-exists";
import { containerChanged, containerUnprotected, deploys, imageFromElsewhere, secretInVariable } from "./containers";
import { cutsOff } from "./cuts-off";
import { destroysEverything } from "./destroys-everything";
import { encryptionRemoved, encryptionWeakened } from "./encryption-removed";
import { exposed } from "./exposed";
import { forgetsSooner } from "./forgets-sooner";
import { givesAccess, givesControl } from "./gives-access";
import { drains, interruptsService } from "./interrupts-service";
import { keyLockout } from "./key-lockout";
import { leftBehind } from "./left-behind";
import { lessCapacity } from "./less-capacity";
import { loggingRemoved } from "./logging-removed";
import { loginRemoved } from "./login-removed";
import { losesData } from "./loses-data";
import { opensToEverybody } from "./opens-to-everybody";
import { outputShown } from "./output-shown";
import { planIncomplete } from "./plan-incomplete";
import { policyNarrows, policyOpens, policyWidens } from "./policy-opens";
import { protectionRemoved } from "./protection-removed";
import { reachesFurther } from "./reaches-further";
import { invokesActions, runsProvisioners } from "./runs-something";
import { tellsNobody } from "./tells-nobody";
import { webAclInFront } from "./web-acl-in-front";

export const rules: readonly Rule[] = [
  losesData,
  interruptsService,
  destroysEverything,
  cutsOff,
  breaksWhatExists,
  exposed,
  opensToEverybody,
  loginRemoved,
  policyOpens,
  givesControl,
  keyLockout,
  protectionRemoved,
  encryptionRemoved,
  loggingRemoved,
  drains,
  behavesDifferently,
  changesWhatExists,
  givesAccess,
  reachesFurther,
  policyWidens,
  policyNarrows,
  encryptionWeakened,
  lessCapacity,
  forgetsSooner,
  tellsNobody,
  webAclInFront,
  leftBehind,
  planIncomplete,
  invokesActions,
  runsProvisioners,
  outputShown,
  containerChanged,
  containerUnprotected,
  secretInVariable,
  imageFromElsewhere,
  deploys,
];
