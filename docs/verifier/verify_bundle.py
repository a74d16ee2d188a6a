# SPDX-FileCopyrightText: 2026 PMQA Desktop contributors
# SPDX-License-Identifier: Apache-2.0
"""Check a round from its clear files alone and compute every final score anew; docs/bundle-format.md, section 10.

python3 verify_bundle.py FILE_OR_FOLDER... [--first DIGEST]       needs Python 3.11 and PyNaCl, nothing of the program
"""

# fmt: off
import base64, hashlib, json, re, sys
from fractions import Fraction
from pathlib import Path
from nacl.bindings import crypto_core_ed25519_is_valid_point, crypto_sign_open
def first_true(rules): return next((why for why, holds in rules.items() if holds), "")
def need(holds, why):
    if not holds: raise ValueError(why)
def sha(data): return hashlib.sha256(data).hexdigest()
def parse(data):  # section 1.1; what is no integer raises or cannot be written again
    tree = json.loads(data, parse_float=ValueError, parse_constant=ValueError)
    again = json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    need(again == data and b"null" not in re.sub(rb'"(?:[^"\\]|\\.)*"', b"", data), "not in the one exact form")
    return tree
class Document:  # section 2: the bytes and every signature hold, or it is not made
    def __init__(self, line):
        envelope = parse(line)
        self.payload = base64.b64decode(envelope["payload"], validate=True)
        need(base64.b64encode(self.payload).decode() == envelope["payload"], "base64 in another spelling")
        self.head, self.digest = parse(self.payload), "sha256:" + sha(self.payload)
        self.kind, self.body, self.seq = self.head["kind"], self.head["body"], self.head["seq"]
        self.person, self.key, others = *map(self.head["author"].get, ("person", "key")), self.head.get("cosigners", [])
        self.agency, self.roster, self.criteria = (self.head.get(name, "") for name in ("agency", "roster", "criteria"))
        self.parents, kind = self.head.get("supersedes", []), f"application/vnd.pmqa.{self.kind}+json;v=1"
        need(envelope["payloadType"] == kind, "another kind than its type says")
        need((self.seq > 1) == bool(self.parents) == bool(self.head.get("reason")), "revision without parent or reason")
        need(not others or self.kind in ("roster", "extract", "result", "ranking"), "this kind has one signature")
        keys = {sha(raw): raw for raw in map(bytes.fromhex, (self.key, *others))}
        message = f"DSSEv1 {len(kind)} {kind} {len(self.payload)} ".encode() + self.payload
        for one in envelope["signatures"]:
            need(crypto_core_ed25519_is_valid_point(keys[one["keyid"]]), "degenerate key")
            crypto_sign_open(base64.b64decode(one["sig"], validate=True) + message, keys[one["keyid"]])
        self.keyids = {one["keyid"] for one in envelope["signatures"]}
        need(len(envelope) == 3 and sha(bytes.fromhex(self.key)) in self.keyids, "not signed by its author")
        self.slot = (self.kind, self.agency, *([self.person] if self.kind in ("declaration", "scoresheet") else []))
def bundle(data):  # section 3: everything listed is there, in that order, and nothing else
    need(data.endswith(b"\n"), "cut off")
    first, *lines = data[:-1].split(b"\n")
    manifest = Document(first)
    need(manifest.kind == "manifest", "no table of contents")
    found = [Document(lines.pop(0)) for _ in manifest.body["entries"]]
    told = [{"digest": one.digest, "bytes": len(one.payload), "kind": one.kind} for one in found]
    need(told == manifest.body["entries"] and "manifest" not in [one.kind for one in found], "other than listed")
    need(len({(one.head["round"], one.head["rehearsal"]) for one in (manifest, *found)}) == 1, "several rounds")
    for blob in manifest.body.get("blobs", []):
        parts = [parse(lines.pop(0)) for _ in range(-(-blob["bytes"] // 393216))]
        need(all(part["blob"] == blob["digest"] and part["part"] == n for n, part in enumerate(parts, 1)), "parts")
        content = b"".join(base64.b64decode(part["data"], validate=True) for part in parts)
        need((len(content), "sha256:" + sha(content)) == (blob["bytes"], blob["digest"]), "attached file changed")
    need(not lines, "more than is listed")
    return found
def keys_of(body):  # section 7 from here: raw key -> person and state
    keys = {k["key"]: (p["person"], k.get("state", "active")) for p in body["persons"] for k in p["keys"]}
    return {root["key"]: (root["person"], "active") for root in body["roots"]} | keys
def signers(body):  # key id -> person, of the root keys in force
    return {sha(bytes.fromhex(r["key"])): r["person"] for r in body["roots"] if keys_of(body)[r["key"]][1] == "active"}
def carried(roster, body):
    return len({who for signer, who in signers(body).items() if signer in roster.keyids}) >= body["threshold"]
def sound(roster):
    body, live = roster.body, not roster.head["rehearsal"]
    places = [(p["agency"], n, s.get(n)) for p in body["panels"] for s in ({}, *p["seats"]) for n in ("seat", "person")]
    one_owner = all(keys_of(body)[root["key"]][0] == root["person"] for root in body["roots"])
    spare = len(set(signers(body).values())) >= body["threshold"] + live and body["threshold"] > live
    return spare and one_owner and len(places) == len(set(places)) and carried(roster, body)
def chain_of(rosters, first):  # the newest last; each carried by all thresholds of what it follows, several too
    chain = [one for one in rosters if one.seq == 1 and sound(one) and first in (one.digest, "")]
    need(len(chain) == 1, "no first roster, or two of them: nothing is final")
    need(first or chain[0].head["rehearsal"], "name the first roster of a real round by --first")
    for one in sorted(rosters, key=lambda one: (one.seq, one.digest)):
        before = [parent for parent in chain if parent.digest in one.parents]
        follows = one.parents and len(before) == len(one.parents) and one.seq == 1 + max(p.seq for p in before)
        if follows and sound(one) and all(carried(one, parent.body) for parent in before): chain.append(one)
    need(len({c.digest for c in chain} - {p for c in chain for p in c.parents}) == 1, "a fork: nothing is final")
    return chain
class Round:  # sections 7 and 8: what counts
    def __init__(self, documents, chain):
        self.all, self.chain, self.roster = documents, {one.digest: one for one in chain}, chain[-1].body
        self.kept, self.panels = set(self.roster.get("kept", [])), {p["agency"]: p for p in self.roster["panels"]}
        self.status, self.fault, self.current, self.recused, self.criteria, self.jumps = {}, {}, {}, set(), None, set()
        for one in sorted(documents.values(), key=lambda one: one.seq):  # numbers that do not follow their parents'
            away, numbers = {*one.parents} - {*documents}, [documents[d].seq for d in {*one.parents} & {*documents}]
            jumps = one.seq > 10000 if away else one.seq != 1 + max([0, *numbers])
            if jumps or self.jumps & {*one.parents}: self.jumps.add(one.digest)
        for kind in ("criteria", "declaration", "scoresheet", "reveal", "consensus"):
            self.settle([one for one in documents.values() if one.kind == kind])
            named = [d for d in documents.values() if (d.digest, d.kind) == (chain[-1].criteria, "criteria")]
            sound_one = next((one for one in named if one.digest in self.fault), None)
            self.criteria = sound_one if chain[-1].criteria else self.current.get(("criteria", ""))
            self.recused |= {s[1:] for s, one in self.current.items() if one.body.get("state") == "recused"}
    def not_theirs(self, one):  # why a document is not its signer's to give
        kept, known = one.digest in self.kept, [keys_of(roster.body) for roster in reversed(self.chain.values())]
        person, state = next((keys[one.key] for keys in (known if kept else known[:1]) if one.key in keys), ("", ""))
        then = keys_of(self.chain[one.roster].body).get(one.key) if one.roster in self.chain else None
        panel = self.panels.get(one.agency, {"seats": [], "chair": ""})
        seat = next((seat["seat"] for seat in panel["seats"] if seat["person"] == one.person), None)
        leads, office = one.person == (panel.get("acting_chair") or panel["chair"]), one.kind == "criteria"
        chair, recused = one.kind in ("reveal", "consensus"), (one.agency, one.person) in self.recused
        return first_true({
            "a key that the roster does not give to this person": person != one.person,
            "signed with a compromised key": state == "compromised" and not kept,
            "signed with a retired key": state == "retired" and not kept and then and then[1] != "active",
            "after the closing": self.roster.get("state") == "closed" and one.digest not in self.roster["accepted"],
            "not of the secretariat": office and one.person not in self.roster["secretariat"],
            "not the chair": chair and not leads and not kept,
            "no such seat": not chair and not office and (seat is None or one.body.get("seat", seat) != seat),
            "its number does not follow": one.digest in self.jumps,
            "recused": recused and (leads if chair else one.kind == "scoresheet"),
        })
    def wrong(self, one):  # what stands in the way of a document that is its signer's to give
        body, get, sheets = one.body, self.all.get, [*one.body.get("sheets", []), *one.body.get("rests_on", [])]
        if not {*one.parents, *sheets, body.get("reveal", one.digest)} <= set(self.all): return "awaits a document"
        seat = [s for s in self.panels.get(one.agency, {"seats": []})["seats"] if s["person"] == one.person]
        items = {answer["item"] for answer in body["items"]} if one.kind == "scoresheet" else set()
        own, reveal = get(body.get("own"), one), get(body.get("reveal"), one)
        stands = own.person == one.person and (own.digest in self.fault or one.digest in self.kept)
        revealed = self.fault.get(reveal.digest) == "" and self.status[reveal.digest] != "two versions"
        return first_true({
            "its parent does not fit": any(get(d).slot != one.slot for d in one.parents),
            "made under another roster": (one.roster or one.kind != "criteria") and one.roster not in self.chain,
            "other criteria": "items" in body and one.criteria != getattr(self.criteria, "digest", 0),
            "rests on no sheet": any((get(d).kind, get(d).agency) != ("scoresheet", one.agency) for d in sheets)
            or (one.kind == "consensus" and reveal.slot != ("reveal", one.agency)),
            "items of another seat": seat and not items <= set(seat[0].get("items", items)),
            "without an own scored sheet": one.kind == "reveal"
            and not (stands and own.digest in sheets and own.body.get("items")),
            "its reveal does not count": one.kind == "consensus" and not revealed,
        })
    def settle(self, documents):
        self.status |= {one.digest: self.not_theirs(one) for one in documents}
        entitled = [one for one in documents if not self.status[one.digest]]
        self.fault |= {one.digest: self.wrong(one) for one in entitled}
        self.status |= {one.digest: self.fault[one.digest] or "superseded" for one in entitled}
        for slot in {one.slot for one in entitled}:
            entries = [one for one in entitled if one.slot == slot]
            tops = [one for one in entries if one.seq == max(other.seq for other in entries)]
            parents = [digest for one in tops for digest in one.parents]
            for digest in parents:  # what the newest supersede, straight or through others, is settled
                parents += [p for p in self.all[digest].parents if p not in parents] if digest in self.all else []
            twice = {a.digest for a in entries for b in entries if a is not b and a.seq == b.seq} - set(parents)
            if len(tops) > 1 or not self.fault[tops[0].digest]:
                self.status |= dict.fromkeys(twice, "two versions")
                if not twice:
                    self.status[tops[0].digest], self.current[slot] = "counted", tops[0]
    def agency(self, name):  # the final score, and what is open
        consensus, seats = self.current.get(("consensus", name)), self.panels.get(name, {"seats": []})["seats"]
        if consensus is None or self.criteria is None: return {"state": "no consensus in force"}
        here = {slot[2]: one.digest for slot, one in self.current.items() if slot[:2] == ("scoresheet", name)}
        explained = {seat["person"] for seat in consensus.body.get("missing_seats", [])}
        explained |= set(here) | {person for agency, person in self.recused if agency == name}
        body, rests = self.criteria.body, consensus.body["rests_on"]
        found = score(body["edition"], body["settings"], {i["item"]: i["answer"] for i in consensus.body["items"]})
        claims = [(i["claimed"], found["items"][i["item"]]) for i in consensus.body["items"] if "claimed" in i]
        results = [one.body for one in self.all.values() if one.body.get("consensus") == consensus.digest]
        claims += [(body["total"], found["total"]) for body in results if "total" in body]
        return {"consensus": consensus.digest, **found, "state": first_true({
            "stale": set(here.values()) != set(rests), "incomplete": found["total"] is None,
            "claims another score": any(Fraction(told["num"], told.get("den", 1)) != exact for told, exact in claims),
            "seats-open": {s["person"] for s in seats} - explained,
            "no-quorum": len(rests) < body["settings"].get("evaluators_consensus_min", 1), "complete": True,
        })}
def indicator(item, known, given, rules):  # one indicator of category 7; None while it has no result
    texts = {"target": known.get("default_target"), **{k: v for k, v in given.items() if v != ""}}
    result, target = (None if texts.get(n) is None else Fraction(str(texts[n])) for n in ("result", "target"))
    better = known.get("direction", given.get("direction", "higher_is_better")) == "higher_is_better"
    if known.get("rule") == "linear_100_500":
        rule, low, high = rules["linear_100_500"], Fraction(str(known["lower"])), Fraction(str(known["upper"]))
        share = None if result is None else ((result - low) if better else (high - result)) / (high - low)
        return None if share is None else rule["below_lower"] if share < 0 else rule["above_upper"] if share > 1 else (
            rule["at_lower"] + (rule["at_upper"] - rule["at_lower"]) * share)
    rule = rules["success_percent_steps"]
    if target == 0 and given.get("score") is not None and given.get("reason", "").strip(): return given["score"]
    if not target or result is None or (result == 0 and rule["zero_result_is_missing"]): return None
    success = result / target * 100 if better else 200 - result / target * 100
    if success < 100: return min(max(rule["floor"], rule["below_100_factor"] * success), item["max_score"])
    return next(s["score"] for s in rule["steps"] if "up_to" not in s or success <= Fraction(str(s["up_to"])))
def score_item(edition, settings, item, answer):
    rules, total, is_open = {rule["name"]: rule for rule in edition["scoring"]["rules"]}, Fraction(0), True
    if answer is None or answer.get("state") == "not_applicable": return None
    if item["kind"] == "band": return Fraction(answer["percent"] * item["points"], 100) if "percent" in answer else None
    if item["kind"] == "indicators":
        known, given = ({i["code"]: i for i in part.get("indicators", [])} for part in (item, answer))
        found = {c: indicator(item, known.get(c, {}), given.get(c, {}), rules) for c in known | given}
        values = [v for c, v in found.items() if v is not None or known.get(c, {}).get("required", True)]
        rule, cut = rules["mean_of_indicators"], settings.get("truncate_inside_category7")
        one, mean = (rule[n] if cut is None else cut for n in ("truncate_indicator", "truncate_item"))
        if not values or None in values: return None
        exact = Fraction(sum(int(v) if one else v for v in values)) / len(values)
        return Fraction(int(exact)) if mean else exact
    rule = rules["gated_checklist"]
    for level in edition["levels"]:
        met = [point["id"] in answer.get("ticks", []) for point in item["levels"][level["code"]]["points"]]
        pays = is_open and (all(met) or settings.get("partial_credit", rule["partial_credit"]))
        total += Fraction(level["points"] * sum(met), len(met)) if pays else 0
        is_open = is_open and (all(met) or not settings.get("gated_levels", rule["gated"]))
    return total
def score(edition, settings, answers):
    scoring, items = edition["scoring"], {i["code"]: i for i in edition["items"]}
    exact = {code: score_item(edition, settings, item, answers.get(code)) for code, item in items.items()}
    waived = {code for code, answer in answers.items() if answer.get("state") == "not_applicable"}
    missing = {items[code]["category"] for code, value in exact.items() if value is None and code not in waived}
    scored, summed = {c: v for c, v in exact.items() if v is not None}, scoring["category"] == "sum_of_items"
    weights, categories, over, under = settings.get("category_weights", [1] * len(edition["categories"])), {}, 0, 0
    for category, weight in zip(edition["categories"], weights, strict=True):
        values = {c: v for c, v in scored.items() if items[c]["category"] == category["code"]}
        value = None if not values else Fraction(sum(values.values()), 1 if summed else len(values))
        over += 0 if value is None else value * (scoring["max"] if summed else weight)
        under += sum(items[c]["points"] for c in values) if summed else weight if values else 0
        categories[category["code"]] = None if category["code"] in missing else value
    total = None if missing or not under else Fraction(over) / under
    told = {"total": total, "items": exact, "categories": categories}
    if total is None: return told
    places, way = (settings.get("official_" + n, scoring["official"][n]) for n in ("decimals", "rounding"))
    up = total * 10**places
    whole = {"truncate": int(up), "half_up": int(up + Fraction(1, 2)), "half_even": round(up)}[way]
    told["official"] = f"{whole // 10**places}" + (f".{whole % 10**places:0{places}}" if places else "")
    lines = {level["code"]: level["cumulative"] for level in edition.get("levels", [])}
    lines |= {band["level"]: band["lower"] for band in edition.get("total_bands", [])}
    lines |= {a["code"]: settings[a["setting"]] for a in edition["awards"] if a.get("setting") and a["code"] in lines}
    held = total if scoring["official"]["compare_exact"] else Fraction(whole, 10**places)
    told["level"] = [None, *(code for code, line in lines.items() if Fraction(str(line)) <= held)][-1]
    return told
def main(arguments):
    first = arguments.pop(arguments.index("--first") + 1) if "--first" in arguments else ""
    out, documents, refused, paths = {"agencies": {}}, {}, {}, [Path(one) for one in arguments if one != "--first"]
    for file in [inside for path in paths for inside in (sorted(path.rglob("*.pmqa")) if path.is_dir() else [path])]:
        try:
            for one in bundle(file.read_bytes()):
                documents.setdefault(one.digest, one).keyids.update(one.keyids)
        except Exception as error:  # whatever a file can cause is one refusal
            refused[str(file)] = f"{type(error).__name__}: {error}"
    try:
        need(len({(one.head["round"], one.head["rehearsal"]) for one in documents.values()}) == 1, "not one round")
        chain = chain_of([one for one in documents.values() if one.kind == "roster"], first)
        seen = Round(documents, chain)
        out = {"roster": chain[-1].digest, "criteria": seen.criteria.digest if seen.criteria else None,
               "not_counted": {d: why for d, why in seen.status.items() if why not in ("counted", "superseded")},
               "agencies": {a["agency"]: seen.agency(a["agency"]) for a in seen.roster["agencies"]}}
    except Exception as error:
        out["problem"] = f"{type(error).__name__}: {error}"
    print(json.dumps(out | {"refused": refused}, ensure_ascii=False, indent=2, sort_keys=True, default=str))
    return int(bool(refused) or {one["state"] for one in out["agencies"].values()} != {"complete"})
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
