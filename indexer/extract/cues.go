package extract

// What stands right behind and right before a name tells its part in a story.
// The groups are features of the choice of the victim; their weights are learned.

// The groups of phrases behind a name.
const (
	postSuffer = iota
	postPassive
	postBare
	postConfirm
	postNotify
	postDiscover
	postLeak
	postSay
	postBreach
	postHolder
	postInvestigate
	postAttacker
	postResearch
	postMalware
	postPatch
	postPay
	postRole
	postEntity
	postAssociate
	postBased
	postLaw
	nPost
)

const participles = "hacked/breached/compromised/attacked/hit/targeted/infiltrated/penetrated/defaced/struck/robbed/crippled/paralyzed/victimized/hijacked/infected/exposed/raided/extorted/burglarized/ransacked/affected/impacted/disrupted/scraped/looted/drained/exploited"

var postCues = [nPost][]string{
	postSuffer: {"suffer/suffers/suffered/suffering", "has/had/have suffered", "experienced/experiences/experience", "has/had experienced", "fell/falls/fallen victim",
		"was/were/is/became/become/becomes the/a/another/an victim/target/subject/latest", "became/becomes/is the latest", "sustained a", "lost/loses/lose", "hit/struck/rocked/targeted/hacked/breached/attacked/crippled/extorted by", "hit/struck/rocked with",
		"under attack", "has been the victim", "was victim", "had a security breach/incident", "had a data breach", "had a breach", "had data", "reels/reeling", "recovers/recovering", "battles/battling", "grapples/grappling", "dealing/deals with", "victims/victim of",
		"may have suffered", "is recovering", "named as a victim", "was named as", "was listed", "has fallen victim", "knocked offline", "went offline", "had its", "had their", "has had its"},
	postPassive:  {"was/were/been/being/is/are/got/be " + participles, "has/had/have been " + participles, "may/might/could have been " + participles, "was allegedly/recently/also/reportedly/apparently/badly/itself " + participles},
	postBare:     {participles, "hack/hacks/breaches", "gets/got hacked"},
	postConfirm:  {"confirm/confirms/confirmed/confirming", "has/have confirmed", "disclose/discloses/disclosed", "has/have disclosed", "announce/announces/announced", "has/have announced", "admit/admits/admitted", "has/have admitted", "acknowledge/acknowledges/acknowledged", "has/have acknowledged", "reveal/reveals/revealed", "has/have revealed", "blame/blames/blamed", "deny/denies/denied", "has denied", "responds/responded", "issued a statement/notice", "provides/provided notice", "files/filed a", "reported that it/its/one/an/a/some", "recently announced/disclosed/reported/confirmed/experienced/suffered/notified/learned/discovered"},
	postNotify:   {"notify/notifies/notified/notifying", "has/have/is/are/was/will/began/begins/started/be/recently/also notified/notifying/notify/informing/alerting/contacting/sending/mailing/warning/offering", "alert/alerts/alerted", "inform/informs/informed", "warn/warns/warned", "emailed/emails/mailed/mails", "urges/urged/asks/asked/tells customers/users/members/subscribers", "tells/told customers/users/members/patients/employees/shoppers/students", "sent/sends letters/emails/notices/a/notification/out", "mailed letters", "resets/reset/forces/forced", "apologizes/apologises/apologized/apologised/apology", "offers/offered/offering", "is offering/notifying/investigating/working", "advised", "said it/its/that/the"},
	postDiscover: {"discover/discovers/discovered", "learn/learns/learned/learnt", "became aware", "detect/detects/detected", "identify/identified/identifies", "noticed", "determined", "realized", "found out", "was/were alerted/informed/notified/contacted/made", "has/had/recently discovered/learned/identified/detected/determined", "believes", "first learned"},
	postLeak:     {"leak/leaks/leaked/leaking", "expose/exposes/exposed/exposing", "left/leaves", "inadvertently/accidentally/mistakenly/improperly/impermissibly/erroneously/unintentionally", "failed/fails", "spilled/spills", "stored", "misconfigured", "mishandled", "sent", "emailed", "posted", "disposed", "lost", "published", "mailed", "faxed", "disclosed the", "failed to", "did not", "used to", "allowed", "made", "dumped", "threw"},
	postSay:      {"said/says/say/stated/states", "has/had said", "told", "spokesperson/spokesman/spokeswoman", "officials/official", "representative", "wrote", "added", "stressed", "claimed", "claims", "statement", "insisted", "CEO/CISO/president", "chief executive", "executives/management", "has not", "declined", "did not respond"},
	postBreach: {"data/security/cyber/massive/major/privacy/information/email/mega/huge/cloud/website/account/password/twitter/2011/2012/2013/2014/2015/2016/2017/2018/2019/2020/2021/2022/2023/2024/2025 breach/breaches/hack/leak/incident/attack/theft/hacking/intrusion/spill/exposure/hijack/scandal/heist",
		"breach/breaches/hack/hacks/hacking/leak/leaks/cyberattack/cyberattacks/attack/attacks/incident/intrusion/cyberheist/heist/outage/scrape", "cyber attack/attacks/incident/intrusion", "ransomware attack/incident", "ransomware", "it breach/outage", "security incident/lapse/flaw", "data leak/theft/exposure/scrape/dump", "supply chain attack/hack", "credit card breach/hack", "card breach", "customer data", "crypto hack/heist", "ddos attack", "phishing attack", "malware attack", "hacker/hackers", "victim/victims", "bitcoin heist", "exchange hack", "break in", "breached data"},
	postHolder: {"customer/customers/user/users/patient/patients/employee/employees/member/members/client/clients/student/students/subscriber/subscribers/account/accounts/guests/passengers/shoppers/players/staff/workers/residents/donors/alumni/consumers/policyholders/cardholders/applicants",
		"data/database/databases/server/servers/systems/system/network/networks/website/site/websites/records/record/information/credentials/passwords/logins/stores/store/locations/hotels/restaurants/facility/facilities/computers/computer/laptop/email/headquarters/office/campus/forum/forums/infrastructure", "internal", "cloud", "online", "s3", "production", "corporate"},
	postInvestigate: {"is/are/was/were investigating", "investigates/investigated", "has launched", "launched an/a", "opened an investigation", "fines/fined", "sues/sued", "arrested/arrests/charged/charges", "warned", "issued", "ordered", "imposed", "seized", "probe/probes", "is also investigating", "llp is", "ordered"},
	postAttacker:    {"claimed/claims responsibility", "took/takes credit", "demanded/demands", "is/was/are selling", "sold", "stole/steals/stolen", "dumped/dumps", "threatened/threatens", "hacks/hacked/breached/attacks into/the/a/an/more/over/several/its/their", "defaces/defaced", "hijacks", "uses/used", "operators/operator", "affiliates", "members/member", "group/gang/crew/team/collective/actors/hackers/hacker", "ransomware/extortion/hacking/cybercrime/hacktivist/espionage gang/group/operation/crew/operators", "targets/targeting", "exploits/exploited/exploiting", "leak site", "has claimed", "listed", "added", "put up", "broke into", "gained access"},
	postResearch:    {"researchers/researcher/analysts/experts/scientists", "security/threat researchers/researcher/intelligence/research/team/analysts", "found/finds", "discovered that/the/a/an", "analyzed/analysed/analysis/observed/tracked/tracks/believes/notes/noted/explained/explains/uncovered/spotted/recommends/estimates/estimated/predicts/warns of", "reports/reported", "reported", "report", "blog", "labs", "founder", "study/survey/research", "wrote in"},
	postMalware:     {"malware/ransomware/trojan/botnet/worm/virus/spyware/backdoor/rootkit/miner/exploit/campaign/variant/payload/loader/stealer", "banking trojan/malware", "vulnerability/vulnerabilities/flaw/flaws/bug/bugs/zero-day/exploit/plugin/plugins/extension/version/versions/protocol/framework/api", "app/apps/devices/device/phones/phone/browser/software/operating", "zero day"},
	postPatch:       {"released/releases", "patched/patches/fixed/fixes/addressed/addresses/fixing", "has released/patched/fixed/addressed/issued/rolled", "launches/launched/introduces/introduced/unveils/unveiled", "update/updates", "plans to", "rolled/rolls out", "acquires/acquired", "wins", "announces new/launch/availability", "advisory", "has since", "is a"},
	postPay:         {"paid/pays/pay", "to pay", "has/had/have agreed", "agreed/agrees to", "agrees", "settles/settled/settlement", "refused/refuses to", "faces/facing", "shares", "stock", "profits/profit/sales", "shut/shuts down", "shut", "suspends/suspended/halts/halted", "took/takes", "disabled/blocked", "restores/restored/resumes/resumed", "ransom", "must pay", "will spend/pay", "lawsuit", "class action"},
	postEntity:      {", the covered entity", "the covered entity", ", a covered entity", "( ce )", "is the covered entity"},
	postAssociate:   {", a/the/its/the ce's business associate", ", business associate", ", a/the/its third-party/contractor/vendor/subcontractor", "( ba )", "is a business associate"},
	postLaw:         {"llp", "is investigating claims/data/potential", "investigates claims/potential", ", a/the national/leading/preeminent/nationally law/class/consumer", "is a law firm", "law firm", "pllc", "attorneys", "has launched an investigation", "announces investigation", "is continuing its investigation"},
	postBased:       {"based forum/forums/site/website/community", "forum software", "plugin/framework/software/server/instance/database/bucket/buckets/cluster"},
	postRole:        {", ceo/cto/ciso/director/president/founder/spokesman/spokeswoman/chief/professor/vice/head/senior/co/manager/researcher/executive/analyst", ", the/a company's/firm's/group's", ", who"},
}

// The groups of phrases before a name.
const (
	preAttackOn = iota
	preFrom
	preHacked
	preHolderOf
	preResearch
	preGroup
	preBy
	preVia
	preIn
	preNoun
	preParent
	preSupplier
	preEntity
	preAssociate
	preNotified
	preAgainst
	preTold
	preSecurity
	preRole
	preOf
	preLike
	preAnd
	preFor
	preSince
	nPre
)

var preCues = [nPre][]string{
	preAttackOn: {"attack/attacks/cyberattack/cyberattacks/assault/raid/hack/hacks/intrusion/heist/theft/incident/breach/breaches/leak/outage/robbery/exposure/compromise/hacking/phishing/ransomware on/against/at/of/in/into/from/involving/affecting/hitting/targeting", "breached/break/breaks/broke/breaking/hacked/hacking/hack/hacks into", "victim/victims/including/include/includes/targets", "breach that hit", "affecting/impacting/hitting/involving", "happened at", "occurred at", "hacker of", "incident at", "attack on", "hole in", "flaw in", "vulnerability in", "weakness in", "stolen/data/leaked/taken/exposed in the", "linked to", "suffered by", "experienced by"},
	preFrom:     {"stolen/stole/steal/steals/stealing/data/leaked/taken/obtained/records/exfiltrated/information/details/accounts/passwords/credentials/emails/documents/files/database/money/bitcoin/leak/dump/downloaded/scraped/letter/letters/notice/email/notification from", "belonging to", "owned by", "stolen by hackers from", "data/database/records/information/files of", "hackers/hacker stole/steal", "held by", "maintained by", "operated by", "run by", "collected by", "lost by", "exposed by", "leaked by", "released by", "sent by", "affected by", "treated at", "posted by"},
	preHacked:   {"hacked/breached/attacked/targeted/hit/compromised/infiltrated/hijacked/defaced/penetrated/infected/crippled/struck/paralyzed/extorted/impacted/affected/disrupted/hacks/breaches/attacks/hits/targets/targeting/hitting/hacking/breaching/compromising/infiltrating/defaces/extort/extorts/hijacks/attacking", "access to", "accessed", "break into", "responsible for hacking", "leaks/leak", "knocked/knocks/took/takes down", "blackmail/blackmailing"},
	preHolderOf: {"customers/users/employees/patients/members/clients/students/subscribers/servers/systems/database/databases/website/network/networks/computers/accounts/guests/visitors/residents/citizens/part/division/unit/branch/subsidiary/behalf/parents/alumni/staff/shareholders of/at", "customers/users/patients/employees who", "applied to", "signed up for", "registered with", "used/using/use the", "employee/worker/student/physician/contractor of/at/from"},
	preResearch: {"researchers/researcher/experts/expert/analysts/analyst/scientists/team/folks/guys/security at/from/with/of", "according to", "discovered/uncovered/spotted/found/identified/analyzed/detected/disclosed/published/investigated/dubbed/tracked by", "report/reports/study/survey/analysis/research/data/advisory by/from", "researchers", "report from", "per", "cited by", "firms/firm like"},
	preGroup:    {"group/gang/collective/hacker/hackers/crew/team/actor/actors/operation called/named/dubbed/tracked", "hacker/hackers/gang/group/actor/actors/operators/collective/hacktivist", "hacking/ransomware/extortion/cyber/cybercrime/espionage group/gang", "calling itself/themselves/himself", "known as", "going by", "nickname/moniker/handle/alias/name/pseudonym", "dubbed/called/named/nicknamed", "attributed to", "work of", "blamed on", "behind"},
	preBy:       {"by"},
	preVia:      {"on/via/through/using/to/onto/with/over", "posted on/to", "published on", "uploaded to", "sold on", "powered by", "such as", "hosted on/by", "leaked on", "forum", "market/marketplace"},
	preIn:       {"in/near", "based/headquartered in", "located in", "from", "city/state/town of", "at"},
	preNoun: {"retailer/company/provider/bank/hospital/university/website/site/platform/service/giant/chain/firm/maker/developer/operator/airline/insurer/exchange/forum/startup/manufacturer/network/agency/department/retailers/app/business/vendor/contractor/corporation/group/store/publisher/carrier/broker/bureau/community/marketplace/brand/school/college/subsidiary/organization/organisation/system/utility/supplier/distributor/shop/game/social/portal/tool/outlet/host/hosting/registrar/processor/lender/clinic/center/supermarket/automaker/conglomerate/owner/agency/charity/casino/wallet",
		"known as", "called", "website/site/platform/service/company called/named/known", "by"},
	preParent:    {"owned by", "subsidiary/unit/division/owner/part/parent/brand/affiliate of", "parent company/firm", "parent", "acquired/bought/purchased by", "operated by", "acquired"},
	preSupplier:  {"third-party/third/outside/external/its/their/a vendor/provider/contractor/supplier/party/processor/partner", "vendor/contractor/supplier/subcontractor", "service provider", "software from", "provided by", "managed by", "customers of", "hosted by", "developed by", "made by"},
	preEntity:    {"covered entity ( ce ) ,", "covered entity ,", "covered entity", "the ce ,", "ce ,", "covered entity ( ce )"},
	preAssociate: {"business associate ( ba ) ,", "business associate ,", "business associate", "the ba ,", "ba ,", "business associate ( ba )"},
	preNotified:  {"notified/notify/notifies/notifying/contacted/alerted/informed/contacts/reported to/the", "notified/notify/notifying/contacted/alerted/informed", "reported to", "filed with", "working with", "hired/retained/engaged", "partnered with", "notification to", "help of", "cooperating with", "submitted to", "filing with", "listed on", "assistance of", "from"},
	preAgainst:   {"lawsuit/lawsuits/action/complaint/suit/case/claims/allegations/charges/suits/fine/penalty/sanctions against", "sued/fined/suing/fines/sues/penalized", "fine/penalty/fines on", "settlement with", "suit/lawsuit/complaint filed against", "on behalf of", "investigating/investigate/probe/probing", "investigation into/of"},
	preTold:      {"told/tells", "first/previously/originally/as/also reported by", "issued by", "interview with", "reported by", "statement to", "reports", "speaking to", "email to", "said in a statement to", "posted on/by", "via", "spotted by"},
	preSecurity:  {"security/cybersecurity/forensics/forensic/infosec/antivirus/intelligence firm/company/vendor/provider/giant/researchers/researcher/startup/blogger/expert/experts/outfit", "security", "cybersecurity", "law firm/firms", "law enforcement", "attorneys", "firm", "consultants", "consulting firm"},
	preRole:      {"ceo/director/president/founder/head/chief/chairman/spokesperson/spokesman/spokeswoman/professor/manager/executive/officer of/at/for/with", "spokesperson/spokesman/spokeswoman for", "member of", "secretary", "minister", "officials/official at/from", "statement from/by", "representative of/for"},
	preOf:        {"of", "of the"},
	preLike:      {"like", "such as", "including", "similar to", "e.g", "for example", "compared to", "similar attack/attacks on"},
	preAnd:       {"and", "or", ",", "&"},
	preFor:       {"for", "with"},
	preSince:     {"since", "last year's", "following the", "in the wake of", "remember the", "after the", "recent"},
}

// The groups of phrases that tell what a text is about.
const (
	topicBreach = iota
	topicAttack
	topicStolen
	topicLoss
	topicNotice
	topicVulnerability
	topicMalware
	topicCampaign
	topicPolice
	topicMarket
	topicAdvice
	topicMaybe
	topicGeneral
	topicOther
	topicPast
	topicLegal
	topicTrend
	topicData
	topicAftermath
	topicEvent
	topicPlural
	topicHowTo
	topicAble
	topicFound
	topicUsing
	topicGang
	topicHappened
	topicNumbered
	topicDenied
	topicGerund
	topicScandal
	nTopics
)

var topicCues = [nTopics][]string{
	topicBreach:        {"data/security breach/breaches/incident", "breach/breached/breaches/breaching", "data leak/leaks", "leaked/leaks/leak", "data theft", "data exposure", "exposed/exposes/exposing", "unauthorized/unauthorised access", "improperly accessed", "unauthorized/unauthorised person/party/third/individual/individuals/persons", "compromised"},
	topicAttack:        {"cyberattack/cyberattacks", "cyber attack/attacks/incident/heist", "hacked/hacks/hack", "ransomware attack/incident", "attack/attacked/attackers", "ddos/defaced/defacement", "intrusion", "broke into", "gained access", "hit by", "was/were hit/targeted/hacked/breached/attacked/compromised", "hackers/hacker stole/breached/accessed/gained", "knocked offline", "infected with", "held hostage", "took down", "heist"},
	topicStolen:        {"stolen/stole/steal/theft/thieves/burglary/burglarized", "stolen from", "sold on/online/for", "for sale", "dumped/posted online", "dark web", "hacking forum", "published", "scraped/scraping", "exfiltrated", "siphoned", "drained"},
	topicLoss:          {"lost/missing/misplaced/disposed/dumpster/discarded/mailed/misdirected", "laptop/laptops/hard drive/usb/flash/backup tapes", "sent to the wrong", "wrong recipients", "mailing error", "inadvertently/accidentally/mistakenly/impermissibly", "former employee", "rogue employee", "unencrypted", "covered entity"},
	topicNotice:        {"notified/notifying/notify/notification/notifications/notices/letters", "credit monitoring", "identity theft protection", "affected/impacted individuals/customers/users/patients/people/employees", "has/have begun", "reset/change their/your passwords/password", "investigation is", "law enforcement", "apologized/apologised/apologizes/apologise", "forensic", "spokesperson/spokesman/spokeswoman", "notice of data"},
	topicVulnerability: {"vulnerability/vulnerabilities", "flaw/flaws/bug/bugs", "zero-day/zero-days/0-day", "zero day", "patch/patches/patched/patching", "exploit/exploits/exploited/exploitation", "security update/updates/advisory", "proof of concept", "cve", "remote code execution", "privilege escalation", "affected versions", "fixed in", "unpatched", "buffer overflow", "attacker could", "bypass", "firmware"},
	topicMalware:       {"malware/trojan/botnet/backdoor/rootkit/spyware/worm/stealer/infostealer/keylogger/miner/adware/loader/dropper", "command and control", "c2 server/servers", "payload/payloads", "variant/variants/strain", "infection/infections/infected", "sample/samples", "capabilities", "new malware/ransomware/trojan/botnet/variant/strain"},
	topicCampaign:      {"campaign/campaigns", "phishing emails/email/scam/campaign/attacks/kit", "spear phishing", "in the wild", "targeting/targets", "researchers/researcher", "threat actors/actor", "apt", "nation-state", "cyberespionage", "espionage", "scam/scams/scammers/spam", "tactics", "technique/techniques", "malicious"},
	topicPolice:        {"arrested/arrest/arrests/charged/charges/indicted/indictment/sentenced/pleaded/guilty/convicted/extradited/extradition/custody/prison", "seized/seize/seizes/dismantled/takedown/taken down", "department of justice", "europol/interpol", "court/judge/prosecutors/jury/trial", "alleged/suspect/suspects", "crackdown"},
	topicMarket:        {"market/markets/industry/growth/revenue/forecast/cagr", "solution/solutions/product/products/platform", "launch/launches/launched/announces/announced/unveils/introduces", "award/awards", "partnership/partners", "funding/acquires/acquisition/investment", "leading provider", "customers can", "enhancement/enhances", "webinar/whitepaper/ebook/download/free", "appoints/appointed/hires/hired", "stocks/shares"},
	topicAdvice:        {"how to", "tips/guide/best practices/steps/ways", "you should", "you can", "here's how", "here is how", "what is", "why", "what to", "protect yourself/your", "make sure", "recommended/recommend/recommends", "need to know", "should/must", "explained/explains", "top 10", "stay safe", "lessons", "opinion/column/editorial"},
	topicMaybe:         {"could/might/may", "risk/risks/threat/threats", "potential/potentially", "if", "would", "fear/fears/concerns", "warn/warns/warned/warning", "possible", "vulnerable", "likely", "future", "can"},
	topicGeneral:       {"organizations/organisations/businesses/companies/enterprises/hospitals/banks/governments/users/victims/everyone", "survey/report/study/statistics/percent/according to a", "increase/increased/increasing/rise/rising/surge/record/trend/trends", "average", "most common", "cybersecurity/cyber security", "ai/artificial intelligence", "strategy/policy/regulation/legislation/bill/law", "experts say"},
	topicOther:         {"phone hacking", "phone-hacking", "life hack/hacks", "hacking to/off/with", "growth hacking", "bio-hacking", "hack/hacks for", "film/movie/drama/series/episode/season/show/tv/actor/actress/starring/game/games/gamers/players/spoilers", "murder/murdered/death/killed/machete/machetes/knife", "vibe hacking", "hacked to death", "election/elections/voters/political/party/parliament/minister", "football/cricket/soccer", "recipe", "fashion"},
	topicPast:          {"last year", "in recent years", "previous/previously/earlier/past/years ago", "remember", "similar", "in 2010/2011/2012/2013/2014/2015/2016/2017/2018/2019/2020/2021/2022/2023/2024", "also suffered", "not the first time", "another breach", "followed/follows", "other recent", "back in"},
	topicLegal:         {"class action", "lawsuit/lawsuits/sued/settlement/fined/fine/penalty/attorneys/law firm/llp", "regulator/regulators/ico/ftc/gdpr/hipaa/ocr", "compensation/compensate", "investigating claims", "commission", "attorney general"},
	topicTrend:         {"records/record-breaking", "attacks/breaches/incidents have/are/increased/rose/surged/continue", "number of attacks/breaches/incidents", "year over year", "quarter", "in the first half", "percent of", "respondents"},
	topicData:          {"names/name and/, addresses/address/email/dates/phone", "email addresses", "social security numbers/number", "credit card/cards", "personal information/data/details", "passwords", "dates of birth", "medical/health information/records", "customer/user/patient/employee data/information/records", "phone numbers", "personally identifiable", "protected health information", "bank account", "passport numbers", "driver's license"},
	topicAftermath:     {"hit by hacking/hackers", "hacker/hackers behind", "breach/hack/attack probe/settlement/lawsuit/fallout/victims/payout/payouts/claims/notice/investigation/alert", "data breach probe/settlement/lawsuit/fallout/victims/payout/payouts/claims/notice/investigation/alert/class"},
	topicPlural:        {"attacks/breaches/hacks/leaks/cyberattacks/incidents/hackings/intrusions/threats/cyberthreats", "cyber attacks/threats/risks/crime", "ransomware attacks/threats/groups/gangs/payments/attackers/victims", "data breaches/leaks", "phishing attacks/scams", "cybercrime", "ransoms"},
	topicHowTo:         {"how/why/what/ways/tips/guide/signs/things/lessons/need/top/best/here's/heres/should/beware/avoid/explained/watch/download", "how to"},
	topicAble:          {"lets/let/allows/allow/allowed/could/can/would/enables/possible/might/able/may", "could've", "puts/leaves millions", "could let/allow"},
	topicFound:         {"new/found/spotted/discovered/discover/uncovered/uncover/dubbed/detected/emerges/returns/evolves/novel/variant/strain/version/unveil/disclosed", "researchers/researcher"},
	topicUsing:         {"using/exploiting/targeting/abusing/spreading/infecting/distributing/delivering/hiding/stealing/hijacking/leveraging/impersonating/posing/disguised/deploying/mining", "used to/by/in", "uses/use/abuse/exploit/exploits/targets/target/spread/spreads/deliver/distribute/infects", "hackers/attackers using/exploiting/targeting/abusing/actively"},
	topicGang:          {"gang/gangs/group/groups/operators/botnet/crew/cartel/syndicate/collective/operation/apt/spies", "ransomware/hacking gang/group/operator/operation", "state-sponsored", "nation-state"},
	topicHappened:      {"hit/hits/suffers/suffered/confirms/confirmed/stolen/leaked/exposed/hacked/breached/compromised/affected/impacted/accessed/notifies/notified/disclosed/admits/targeted/struck/attacked/published/posted/steals/stole/apologises/apologizes/apologized/exposes/hijacked/defaced/dumped/loses/lost/discloses/reveals/announces", "was/were/been/has/have hacked/breached/stolen/leaked/compromised/hit/exposed/targeted"},
	topicNumbered:      {"million/billion/thousand/thousands/millions/hundreds/m/k", "customers/users/patients/employees/accounts/people/members/students/individuals/guests/passengers"},
	topicGerund:        {"hacking"},
	topicScandal:       {"phone hacking/hack", "hacking scandal/trial/allegations/claims/case", "daily mail/mirror", "murdoch/prince/royal", "tabloid", "history/timeline", "review/podcast/documentary/book", "risks/predictions/outlook/forecast/trends", "frauds/fraud/scam/scammer/scammers/scams", "riots/murder/trial/death", "investigated/investigates by", "seized/crackdown/takedown/raid", "decryptor/decrypt/unlock", "record-breaking"},
	topicDenied:        {"no/not/denies/deny/denied/false/fake/hoax/refutes/rejects/never/untrue/baseless/debunks", "no evidence/breach/data/hack"},
}

// strongIncident are the topics that tell of one event.
const strongIncident = 1<<topicBreach | 1<<topicAttack | 1<<topicStolen | 1<<topicLoss

// eventNouns name one event in the singular.
var eventNouns = []string{"breach/hack/leak/cyberattack/cyberheist/heist/incident/attack/outage/hacking/theft/intrusion", "data breach/leak/theft/hack/loss/exposure",
	"cyber attack/incident/breach/hack/security/heist", "security breach/incident", "ransomware attack/incident", "privacy breach", "it breach/outage", "hacking attack/incident",
	"email hack/breach", "supply chain attack", "phishing attack", "hack attack", "malware attack", "ddos attack", "crypto hack/heist", "web attack"}

// What stands before an event noun: prepositions that make it the cause of the
// news, articles and the like that make it one event, and adjectives between.
const (
	eventPrepositions = "after over following from by since amid in of to behind about into during despite for on before"
	eventArticles     = "a an the its this that their another second third 2019 2020 2021 2022 2023 2024 2025 2026 last"
	eventAdjectives   = "recent massive major huge latest data alleged suspected costly devastating significant cyber serious targeted large scale biggest largest sophisticated ransomware security"
)
