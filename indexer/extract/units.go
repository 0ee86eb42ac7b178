package extract

// The units of counts, as claims name them.
const (
	unitPeople   = "people"
	unitAccounts = "accounts"
	unitRecords  = "records"
	unitEmails   = "email addresses"
	unitCards    = "cards"
	unitFiles    = "files"
	unitDevices  = "devices"
)

const (
	groupPeople unitGroup = iota
	groupAffected
	groupStaff
	groupAccounts
	groupRecords
	groupEmails
	groupCards
	groupFiles
	groupDevices
	groupPlaces
	groupOther
	nGroups
)

// The groups of phrases before a count.
const (
	countAffect = iota
	countExpose
	countOf
	countNotify
	countSteal
	countHas
	countTotal
	countPart
	countEarlier
	countAdd
	countPay
	countOther
	countSelling
	countFor
	countBy
	nCountPre
)

// The groups of phrases behind a count and its unit.
const (
	countWere = iota
	countWorld
	countWho
	countIn
	countAfter
	countVerb
	countPast
	nCountPost
)

// unitGroup is what a unit word tells.
type unitGroup int

var groupUnits = [nGroups]string{unitPeople, unitPeople, unitPeople, unitAccounts, unitRecords, unitEmails, unitCards, unitFiles, unitDevices, "", ""}

var unitWords = [nGroups][]string{
	groupPeople: {"people/persons/person/individuals/customers/customer/clients/consumers/citizens/residents/voters/guests/passengers/players/gamers/applicants/alumni/donors/veterans/taxpayers/policyholders/cardholders/borrowers/beneficiaries/visitors/travelers/travellers/drivers/households/families/participants/enrollees/recipients/shoppers/subscribers/subscriber/members/member/users/user/account-holders/men/women/children/kids/babies/minors/parents/tenants/renters/buyers/owners/investors/readers/fans/supporters/followers/riders/commuters/viewers/listeners/holders/insureds/dependents/registrants/attendees/prisoners/inmates/pupils/graduates/candidates/claimants/constituents/adults/infants/seniors/savers/winners/bidders/respondents/owners/lawmakers/jobseekers/soldiers/callers/shareholders/farmers/couriers/depositors/merchants/sellers/workers/refugees/migrants/soldiers/troops/personnel/spouses/relatives/visitors/booksellers/cardmembers/homeowners/sufferers/diabetics/survivors/volunteers/associates/consultants/renters/officials/advisers/agents/professionals/aviators/licensees/campers/scholars/teens/teenagers/graders/freshmen/hunters",
		"patrons/worshippers/congregants/volunteers/ratepayers/homeowners/motorists/shareholders/spouses/relatives/delegates/scientists/engineers/managers/executives/soldiers/detainees/refugees/immigrants/recruits/cadets/pilots/freelancers/musicians/authors/developers/programmers/artists/journalists/judges/jurors/witnesses/caregivers/sellers/supervisors", "pieces of mail", "account holders", "job seekers/applicants", "policy holders", "card holders", "health plan members", "jobless claims", "credit card holders", "Americans/Australians/Canadians/Britons/Europeans/Indians/Germans/Israelis/Ukrainians/Russians/Brazilians/Mexicans/Turks/Filipinos/Koreans/Swedes/Bulgarians/Californians/Texans", "South Africans", "New Yorkers"},
	groupAffected: {"patients/patient", "affected individuals", "victims/victim", "individuals"},
	groupStaff:    {"employees/employee/staff/staffers/workers/students/student/teachers/instructors/faculty/officers/physicians/doctors/nurses/contractors/retirees/personnel/agents/providers/educators/pensioners/lawyers/athletes/politicians/sailors/firefighters/deputies/trainees/interns/paramedics/troopers/dentists/pharmacists/professors/trustees/coaches/reporters/actors", "members of staff"},
	groupAccounts: {"accounts/account/logins/login/credentials/usernames/profiles/profile/passwords/password/subscriptions/wallets/memberships/registrations", "user/login/customer/email accounts/names/profiles/credentials/ids", "sign ups/ins", "email/e-mail accounts", "plaintext/hashed/unique passwords", "user details/data/info/information/records"},
	groupRecords: {"records/record/entries/rows/lines/ssns/ssn/documents/claims/transactions/bookings/orders/applications/forms/resumes/x-rays/bills/receipts/letters/envelopes/invoices/reports/certificates/prescriptions/cases/licenses/passports/statements/contracts/surveys/checks/pages/faxes/mailings/postcards/samples/fingerprints/images/scans/leads/contacts/names",
		"social security numbers/number", "phone/telephone numbers", "passport numbers/details", "driver's licenses/license", "customer/patient/user/medical/student/employee/personal/voter/data/individual/health/personnel/client/guest/member records/record/files/details", "data records/entries/points", "tax returns/forms/documents", "bank account numbers/details", "pieces of data", "sets of data", "lines of data", "date/dates of birth", "insurance claims", "physical addresses", "ip addresses", "phi", "protected health information"},
	groupEmails:  {"email/e-mail addresses/ids/address", "emails/email/e-mails/addresses", "unique/distinct email/e-mail addresses", "unique email", "unique emails", "individual email addresses"},
	groupCards:   {"cards/card", "credit/debit/payment/bank/gift cards/card", "credit/debit and debit/credit cards/card", "card numbers/details/accounts", "credit/debit/payment card numbers/details/accounts/records", "card/cards holders"},
	groupFiles:   {"files/file/photos/videos/pictures/messages/tweets/posts/recordings/tapes/texts/comments/conversations/chats/databases/folders/directories/songs/tickets"},
	groupDevices: {"devices/device/computers/computer/machines/pcs/servers/server/systems/phones/smartphones/routers/sites/websites/domains/machines/endpoints/workstations/laptops/terminals/installations/systems/hosts/nodes/ips/instances/cameras/webcams/installs/downloads/iphones/macs/printers/repositories/kiosks/bots"},
	groupPlaces:  {"countries/country/states/cities/stores/store/locations/location/hotels/hospitals/hospital/restaurants/branches/offices/schools/districts/clinics/banks/companies/organizations/organisations/firms/businesses/agencies/institutions/retailers/employers/merchants/universities/counties/municipalities/practices/facilities/outlets/centers/shops/vendors/universities/properties/groups/networks/entities/governments/enterprises/providers/dealers/factories/airports/towns"},
	groupOther:   {"times/time/minutes/points/shares/percent/jobs/attempts/attacks/incidents/breaches/complaints/lawsuits/flights/cars/vehicles/vulnerabilities/flaws/bugs/apps/requests/hours/volts/copies/words/characters/bytes/miles/pounds/tons/barrels/cases/calls/versions/dollars/bitcoins/coins/tokens/options/reasons/things/ways/types/kinds/others/researchers/hackers/experts/analysts/samples/bits/plugins/packages/organisations/suspects/arrests/counts", "lines of code", "users worldwide"},
}

var countPre = [nCountPre][]string{
	countAffect:  {"affected/affect/affecting/affects/impacted/impact/impacting/impacts/hit/hits/involving/involved/involves/include/included/including/compromised/compromise/compromises/compromising", "breach/breaches/hack/leak of", "number of", "infected/infecting"},
	countExpose:  {"exposed/exposes/exposing/expose/leaked/leaks/leaking/disclosed/revealed/contained/containing/contains/breached/accessed/viewed", "access to", "details/data/information/records/info/phi/ephi/names/numbers/ssns of/on/for/about/from/belonging", "database of/with/containing", "information on", "information about", "( phi ) of", "( ephi ) of", "health information of/for", "data on", "belonging to", "information pertaining to", "dump of/containing"},
	countOf:      {"of", "for", "to", "on"},
	countNotify:  {"notified/notify/notifying/informed/alerted/warned/contacted/warning/alerting/emailed/mailed", "letters/notices/notifications/emails/notice to", "notified the", "sent to", "offered", "offering"},
	countSteal:   {"stole/stolen/stealing/steals/obtained/took/taken/taking/downloaded/copied/swiped/scraped/dumped/posted/published/grabbed/harvested/lost/lose/acquired"},
	countHas:     {"has/have/had/with/serves/serving/employs/employing/boasts/operates/operating/runs/owns/manages/covers/used by/counts", "home to", "member/user/customer base of", "workforce of", "more than its", "founded in", "serves about", "population of", "across", "used by", "installed on"},
	countTotal:   {"total of/number", "totaling/totalling", "a total of", "total", "in all ,", "altogether", "combined", "all"},
	countPart:    {"of which", "among them", "of these ,/", "of those ,/", "including", "only", "of them", "some of the"},
	countEarlier: {"initially/originally/previously/earlier", "previously reported/thought/estimated/believed", "up from", "down from", "from", "initial estimate of", "not", "rather than", "instead of", "compared to/with"},
	countAdd:     {"another", "additional", "an additional", "and", "further", "plus", "other", "the other", "separate"},
	countPay:     {"fined/fine/paid/pay/worth/cost/costing/price/reward/$"},
	countOther:   {"top", "version", "page", "since", "by", "in", "every", "each", "per"},
	countSelling: {"selling/sells/sold/sale/sale of/offering", "put up", "for sale", "list of", "batch of"},
	countFor:     {"data/details/information/records/accounts from", "for", "from"},
	countBy:      {"more than", "over"},
}

var countPost = [nCountPost][]string{
	countWere:  {"was/were/are/is/been/being/have/has/had/may/might/could/, affected/impacted/exposed/compromised/stolen/leaked/notified/accessed/involved/potentially/possibly/breached/hacked/taken/obtained/released/been/have/had", "affected/impacted/exposed/compromised/stolen/leaked/breached/hacked", "that were/was", "whose", "may have", "had their", "have had", "information/data/details was/were/may", "' personal/data/records/information", "who were", "who may", "at risk", "potentially affected", "had been", "were on", "were in"},
	countWorld: {"worldwide/globally/nationwide", "around the world", "across the/more/all", "in more than/over", "a day/month/year/week", "per day/month/year/week", "daily/monthly/annually/active", "and more than", "and over", "strong", "every"},
	countWho:   {"who"},
	countIn:    {"in/at/from"},
	countAfter: {"in a/the/an breach/hack/attack/2012/2013/2014/2015/2016/2017/2018/2019", "in 2012/2013/2014/2015/2016/2017/2018/2019/2020/2021", "last/earlier year", "last year", "from myspace/linkedin/yahoo"},
	countVerb:  {"use/uses/used/visit/trust/rely/own/work/including/download/play"},
	countPast:  {"previously/originally/initially/earlier", "more than", "it had"},
}
