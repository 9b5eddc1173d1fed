import { eachChange, type Rule } from "../rule";

export const webAclInFront: Rule = {
  id: "web-acl-in-front",
  severity: "medium",
  why: "Rules that block what is bad also block what only looks so.",
  check: eachChange(({ action, type }) =>
    action === "create" && /_web_acl_association$/.test(type)
      ? [
          {
            says: "requests pass a filter from now on, which can block good ones",
            instead: "let its rules count for a week before they block",
          },
        ]
      : [],
  ),
};
