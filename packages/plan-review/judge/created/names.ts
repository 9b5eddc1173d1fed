import type { ClassifiedChange } from "../../classify/classify";
import { after, words } from "../rule";

const ofOneName = /^(A|AAAA|CNAME|PTR|SRV|TXT)$/;
/** Who may send mail in the domain's name. */
const mail = /v=(spf1|DMARC1|STSv1)/i;

/** One more name, and no other is answered otherwise: no wildcard, and no MX, CAA, NS or DS, which speak for a whole domain. */
export function isOneName(change: ClassifiedChange): boolean {
  // Azure has the type of a record in the type of its resource.
  const type = after(change, "type") ?? after(change, "record_type") ?? "A";
  const isWildcard = /^(\*|@$)/.test(words(after(change, "name")));
  return ofOneName.test(words(type)) && !isWildcard && !mail.test(JSON.stringify(change.source.change.after));
}
