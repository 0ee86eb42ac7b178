package extract

// unknownActors say that nobody knows who did it.
var unknownActors = []string{"unknown actor/actors/hacker/hackers/attacker/attackers/group", "unknown threat actor/actors", "unidentified actor/actors/hacker/hackers/attacker/attackers/group", "unidentified threat actor/actors", "no group has claimed", "no one has claimed", "nobody has claimed", "not been attributed", "not attributed", "not clear who", "unclear who", "unknown who"}

// actorLeads introduce the name of an actor, which follows.
var actorLeads = []string{
	"hacker/hackers/group/gang/crew/collective/attacker/actor/vendor/seller/individual/hacktivist/hacktivists/hackergroup/team/person/cybercriminal calling himself/herself/itself/themselves/themself",
	"hacked/defaced/breached/pwned by", "with/using/under the/a/an nickname/alias/handle/moniker/pseudonym of", "with/using the/a nickname/alias/moniker/pseudonym", "with nickname", "hackers of team", "hacker with nickname", "hacker/hackers/group/gang/crew/collective , known/called/dubbed/named/nicknamed as", "hacker/hackers/group/gang/crew/collective , known/called/dubbed/named/nicknamed",
	"calling itself the", "calling themselves the", "calling themselves", "calling itself", "calling himself", "calls itself", "calls itself the", "calls themselves the", "calls themselves", "calls himself", "styling itself the", "styling itself",
	"hacker/hackers/group/gang/crew/collective/attacker/actor/vendor/seller/team/cybercriminal called/named/dubbed/nicknamed", "hacker/group/gang/crew/collective/team called/named/dubbed the",
	"hacker/hackers/group/gang/collective/attacker/actor/crew known as", "hacker/hackers/group/gang/collective/attacker/actor/crew known as the", "known online as", "group , known as", "group , called", "group , dubbed", "group , named", "group that calls itself", "group known as", "hackers known as", "attackers known as",
	"going by the name/handle/alias/pseudonym/nickname/username/moniker/title", "going by the name/handle/alias/pseudonym/nickname/username/moniker of", "goes by the name/handle/alias/pseudonym/nickname/username/moniker of", "goes by the name/handle/alias/pseudonym/nickname/username/moniker",
	"goes by", "goes online by", "going by", "who goes by", "uses the handle", "using the handle/alias/pseudonym/moniker", "under the pseudonym/alias/handle/moniker", "under the pseudonym/alias/handle/moniker of", "by the username of", "hacker going by", "by the handle of", "online handle/alias/moniker/pseudonym/nickname", "online handle/moniker/alias/pseudonym of", "the handle/moniker/alias/pseudonym/nickname", "the handle/moniker/alias/pseudonym/nickname of", "nicknamed", "on twitter by the name", "by the handle", "with the handle",
	"hacker/hacking/hacktivist/cyber/threat/espionage/extortion/ransomware/apt group/gang/collective/actor/crew/team", "hackergroup", "hackinggroup", "hacker group called the", "hacktivist group", "cyber espionage group", "cyber-espionage group", "threat actor tracked as", "actor tracked as", "group/actors/hackers/cluster/it tracked as", "group/actor/hackers it/they tracks/track as", "activity tracked as", "cluster tracked as", "tracks as", "tracking as", "and tracked as", ", tracked as", "hackers from the", "hackers from", "hackers of the",
	"hacktivist collective", "hacker collective", "hacking collective", "linked group", "notorious hacker", "hacker named", "hacker called", "hacker ,", "hacker", "hacktivist", "the actor", "ransomware group", "ransomware gang", "extortion gang", "extortion group",
	"threat group", "threat actor", "threat actors", "apt group", "apt", "apt actor", "the group named", "group named", "attackers , dubbed", "campaign , dubbed", "attributed to the group", "attributed to the threat actor", "named the actor", "attributed to hacker",
	"identified as", "suspect ,", "the suspect", "suspect named", "man/woman/teenager/teen/student named",
}

// actorTails follow the name of an actor.
var actorTails = []string{"hacker group", "hacking group", "hacking crew", "hackers group", "ransomware group", "ransomware gang", "ransomware crew", "ransomware operation", "ransomware operators", "hackers", "hacktivists", "hacker collective", "hacktivist group", "hacking collective", "hacking team", "cyber gang", "extortion group", "extortion gang", "data extortion group", "threat actor", "threat actors",
	"claimed/claims/claiming responsibility", "has/have claimed responsibility", "took responsibility", "takes responsibility", "cyber espionage group", "cyberespionage group", "espionage group", "apt group", "apt", "gang", "operators", "affiliates", "cybercrime group", "cybercrime gang", "collective", "hacking gang", "group claimed", "crew", "ransomware has claimed", "group has claimed", "group said"}

// actorEndings are the last words of a group's own name.
const actorEndings = "army crew hackers squad caliphate warriors partisans hacktivists berkut hackteam cybergang anonymous troops"

// actorVerbs follow the name of an actor that is also an ordinary word.
var actorVerbs = []string{"hacks/hacked/hack", "has/have hacked/breached/stolen/leaked/attacked/defaced/posted/published/claimed/announced/launched/already/released/threatened/declared", "takes/took/take/taking down", "shuts/shut down", "defaces/defaced/deface", "leaks/leaked/leak", "attacks/attacked/attack", "disrupts/disrupted/disrupt", "disabled/disables",
	"claims/claimed/claim", "launched/launches/launch", "publishes/published/publish", "breached/breaches", "stole/steals", "infiltrated/infiltrates", "targeted/targets/target", "vs", "vs .", "vs.", "posts/posted/post", "announced", "said", "says", "shuts", "brings down", "brought down", "knocks/knocked",
	"declared/declares", "threatened/threatens", "hijacks/hijacked", "dumps/dumped", "releases/released", "gained", "compromised/compromises", "conducted/conducts", "carried out", "broke into", "hacktivist/hacktivists", "hackers", "exposes/exposed", "revenge", "spams", "spambombs", "ddosed", "blocks/blocked", "reveals/revealed", "is behind", "were behind", "was behind", "stands behind", "exploited", "deployed", "penetrated", "defacement", "uses/used", "has been targeting", "is targeting", "group"}

// anonymous is a group whose name is an ordinary word that has no capital otherwise.
const anonymous = "Anonymous"

// agencies act as attackers in some stories and are sources or victims in most.
var agencies = []string{"NSA", "GCHQ", "CIA", "GRU", "FSB", "SVR", "MSS", "PLA", "BND", "Hamas", "Hezbollah", "MOIS", "IRGC", "Ministry of State Security", "Ministry of Intelligence and Security", "Islamic Revolutionary Guard Corps", "Reconnaissance General Bureau", "Five Eyes", "US Cyber Command", "Unit 8200", "WikiLeaks"}

var agencyLeads = []string{"attributed to", "blamed on", "linked to", "tied to", "affiliated with", "on behalf of", "working for", "associated with", "conducted by", "carried out by", "behalf of the", "attributed to the", "linked to the", "affiliated with the", "working for the", "working with the", "associated with the", "by the American", "the Russian intelligence service", "the Chinese", "conducted by the", "the british", "the German", "officers of the", "members of the"}

var agencyTails = []string{"hacked", "was hacking", "is hacking", "accessed", "wiretapped", "infiltrated", "attacked", "is able to", "accidentally took down", "breached", "spied", "spying", "launched", "disrupted", "disrupts", "penetrated", "stole", "targeted", "vs.", "vs", "are spying", "has been hacking", "is accused", "intercepted", "tapped", "monitored", "surveilled", "hackers", "agents", "officers", "operatives", "operators"}

// backgroundCues mark sentences in which other actors stand for comparison.
var backgroundCues = []string{"similar to", "reminiscent", "in the past", "previously attributed", "such as", "as well as other", "like the one", "also behind", "unrelated", "not related", "other groups", "same group behind", "not linked", "no link", "comparable", "earlier attack", "was also responsible", "also responsible for", "other campaigns", "followed by"}

// trackers are the beginnings of the numbers that security firms give to groups.
var trackers = []string{"UNC", "FIN", "APT", "TA", "DEV", "TAG", "UAC", "STORM", "TEMP"}

// actorMotives are what kinds of actors are usually after.
var actorMotives = map[string]string{"state": "Espionage", "criminal": "Financial", "ransomware": "Financial", "hacktivist": "Ideology"}

// arrestCues stand right before the name of a person who is accused.
var arrestCues = []string{"arrested", "indicted", "has charged", "have charged", "charges against", "indictment against", "extradited", "the arrest of", "arrest of", "defendant", "defendants"}

// callingCues are what a person who is accused is; a name follows, maybe behind a dash.
var callingCues = []string{"hacker", "hackers", "agents", "intelligence officers", "suspects", "suspect", "nationals", "national named", "brothers", "accomplice", "accomplices", "co-conspirators", "conspirators", "co-defendant", "co-defendants", "criminals", "man named", "teenager named", "perpetrator", "culprit", "ringleader", "mastermind",
	"year-old man/hacker/student/national/citizen/programmer/developer/teenager", "hacker/hackers/man/woman/agent/agents/officer/officers/employee named/called", "named", "identified as", "identified the hacker/suspect/man/culprit as"}

// guiltCues are words of sentences that accuse the persons whom they name.
var guiltCues = []string{"arrested", "charged", "charges", "indicted", "indictment", "suspect", "suspects", "suspected", "pleaded/pled/pleads guilty", "sentenced", "defendant", "defendants", "hacker", "convicted", "allegedly", "alleged", "accused", "admitted", "conspired", "conspiracy", "extradited", "jailed", "prison", "custody", "behind bars", "fugitive", "wanted by", "most wanted",
	"broke into", "masterminded", "perpetrator", "mastermind", "fraudster", "confessed", "found guilty"}

// verdicts follow the name of a person who is accused.
var verdicts = []string{"was/were/is arrested/indicted/charged/extradited/sentenced/convicted/jailed", "has/have been arrested/indicted/charged/extradited/sentenced/convicted/jailed", "pleaded/pled/pleads guilty", "was/were found guilty", "admitted/admits hacking/stealing/breaching/to", "faces/face up/charges", "was/were taken into custody", "was/were accused of hacking/stealing/breaching"}
