import { exposes, weakens } from "../../effects/effect";
import { isEverybody, off, opens } from "../arguments";

export const deletion = off(weakens("Switches deletion protection off: the next mistake can delete it"));
export const backupsOff = off(weakens("Switches backups off: data that is lost from now on cannot be restored"));
export const toEverybody = opens(
  (value) => isEverybody(value),
  exposes("Lets every address come to it", "name the addresses that need it"),
);
