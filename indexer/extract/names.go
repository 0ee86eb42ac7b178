package extract

// orgHeads are words that "of" or "for" ties to the rest of a name, and that end
// names of institutions even in headlines.
const orgHeads = `university college institute department ministry office bureau board bank house city town state county port
church association society council school hospital center centre agency authority commission committee union federation
museum library court academy district foundation ministry embassy diocese archdiocese chamber administration directorate
plan medical health healthcare clinic clinics division corps borough village region province parliament senate service services secretariat`

// orgKinds are words that end names of organizations or stand within them.
const orgKinds = `plan plans program programs network associates practice practices university college institute department ministry office bureau board bank city county church association
society council school schools hospital hospitals center centre centers agency authority commission committee union federation museum
library court academy district foundation health healthcare medical medicine clinic clinics group holdings systems
technologies technology solutions services service financial insurance airlines airways airport international corporation
company companies energy pipeline electric motors communications telecom wireless networks network media entertainment games
studios pharmacy pharmaceuticals laboratories labs partners associates capital trust credit federal national american
community regional independent public state general memorial children veterans affairs security administration treasury
force police army navy guard restaurants restaurant hotels resorts hotel stores store supermarket supermarkets foods
markets market exchange brands industries logistics transport railway railways shipping lines enterprises consulting advisors
properties realty mortgage savings loan dental orthopedic surgery surgical physicians physician eye care home homes senior living rehabilitation
behavioral mental family women cancer heart institute research sciences science engineering education library division team
force corps club league society federation party press times post news broadcasting digital online software data
north south east west northern southern eastern western central united royal new great pacific atlantic
authority housing water power light gas oil steel chemical foods beverage brewing farms farm products electronics
semiconductor semiconductors motor auto automotive dealers cars rental travel cruise tours theatre theatres cinemas
chain bros brothers sons management investments investment securities asset wealth tax payroll staffing human resources
legal law county township borough parish diocese archdiocese ministries mission missions charities charity relief fund`

// neverNames are words with a capital that name no organization by themselves.
const neverNames = `the a an i it its he she they we you his her their our my your this that these those there here who what when where
why how which while as at by for from in into of on or to up with and but if so not no yes all any some most more many much
both each other such only own same than too very can will just also however although though because since until after before
during between under over again further then once according meanwhile additionally furthermore moreover despite unlike
mr mrs ms dr sir madam internet web website online email emails phi ephi ssn ssns pii id ids pin pins cvv cvv2 cvc dob
office bureau ceo cto ciso cio cfo coo it ot hr pr pc pcs usb cd cds dvd pdf html http https url ip dns vpn sql sqli api apis rdp smb ssh ftp ssl tls
xss csrf rce ddos dos apt md5 sha1 sha256 sha bcrypt aes rsa otp 2fa mfa sms gps atm atms pos iot ics scada ai ml ui ux os
covered entity ce ba social security breach update updated breaking exclusive report reports alert warning news photo image
credit source sources january february tldr faq q&a ransomware malware phishing hacker hackers hacking cyber cyberattack cyberattacks data
english spanish christmas easter thanksgiving covid gmt est edt pst pdt cet utc bst kst us uk eu u.s u.k u.n un usa uae
dark deep medicare medicaid ehr emr icd hipaa gdpr ccpa pci dss key takeaways monday tuesday wednesday thursday friday saturday sunday
excel powerpoint acrobat zip ftp intranet chapter section article act bill amendment figure table step part phase version please click read see note
republican republicans democrat democrats democratic tweet tweets bitcoin bitcoins btc monero ethereum litecoin tor
java javascript php python perl json xml css cve cves poc ioc iocs ttps c2 imei imsi mac gb mb tb kb usd gbp eur
one two three four five six seven eight nine ten first second third last next new former several thousands millions hundreds dozens
about customers users patients employees members people officials researchers experts police personal information names addresses`

// stateNames are places that the table of countries does not list.
const stateNames = `Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Washington D.C|D.C|Ontario|Quebec|British Columbia|Alberta|Manitoba|Nova Scotia|Saskatchewan|New Brunswick|New South Wales|Victoria|Queensland|Tasmania|England|Scotland|Wales|Northern Ireland|Europe|Asia|Africa|Australia|North America|South America|Latin America|Middle East|Asia-Pacific|European Union|Britain|America|Americans|American|European|Asian|African|British|Chinese|Russian|Russians|North Korean|Iranian|Indian|Israeli|German|French|Dutch|Japanese|Korean|South Korean|Ukrainian|Canadian|Australian|Italian|Spanish|Russia|China|India|Iran|Israel|Germany|France|Japan|South Korea|North Korea|Ukraine|Canada|Italy|Spain|United States|United Kingdom|New York City|San Francisco|Los Angeles|London|Moscow|Beijing|Silicon Valley|Wall Street|Boston|Chicago|Seattle|Houston|Dallas|Atlanta|Miami|Philadelphia|Pittsburgh|Washington DC|Hong Kong|Singapore|Taiwan|Vietnam|Pakistan|Turkey|Brazil|Mexico|Netherlands|Sweden|Norway|Denmark|Finland|Poland|Switzerland|Austria|Belgium|Ireland|Portugal|Greece|Romania|Hungary|Saudi Arabia|Dubai|Paris|Berlin|Tokyo|Seoul|Sydney|Melbourne|Toronto|Vancouver`
