"""First names that people in Sweden have, in lower case: a short list of the project's own, so that
one is noticed where a capital letter says nothing."""

_NAMES = """
abbe abdi abdul abdullah adam adele adem adnan agnes agneta ahmad ahmed aicha aida ailo aisha aksel alan albin alex
alexander alexandra alfons alfred ali alice alicia alina alma alva alvar alvin amal amanda amelia amin amina amir
amira anastasia anders andrea andreas anette angela angelica anita anja ann anna anneli annie annika anton antonia
anwar arne aron arthur arvid asta astrid august aurora axel aya ayan ayla bahar bella ben bengt benjamin bertil
birgitta britt carina carl carolina caroline casper cecilia celine charlie charlotte chloe christer christian
christina clara colin conny cornelia daniel daniella dante david denise dennis diana dina douglas ebba ebbe eddie
edith edvin edward eira elia elias elif elin elina elis elisa elisabeth elise elissa ella elle ellen ellie ellinor
elliot elmer elna elof elsa elton elvin elvira embla emelie emil emilia emilie emily emma engla enya erik erika
ester estrid eva eve fabian fadi fadumo fanny farah fatima fatma fatuma felicia felix fia filip filippa flora frank
frans fredrik freja frida gabriel gabriella georg gerd gunilla gunnar gustav göran habib hadi hamza hanna hannes
hans harry hasan hassan hawa hedda hedvig helena helge henning henrik henry herman hilda hilma hjalmar hugo hussein
ian ibrahim ida idris iman ines inga ingela inger ingrid iris irma isa isaac isabella isabelle isak isla ismail ivar
jack jacob jakob jamal jan jasmin jasmine jennifer jenny jens jesper jessica joakim joel johan johanna johannes john
jonas jonathan jonna josef josefin joseph josephine julia julian juliana julie juliette june juni junis jörgen kajsa
kalle karim karin karl kaspar kasper katarina kent kerstin kevin khadija khaled kian kim klara konrad kristian
kristina kurt lamin lars lasse laura layla lea leah leia leif leila lena lennart lenny leo leon leona levi lilian
lilly lily lina linda linn linnea linus lisa lisbeth liv livia lo loa loke lotta louie louise lova love lovis lovisa
lowa luca lucas ludvig luka lukas luna lydia lykke mahmoud maja majken malik malin malte malva manfred maria mariam
marianne marie marika markus marta martin martina mary maryam matilda matilde mats matteo mattias maximilian melissa
melker melvin meryem michael mikael mila milan milian milla milo milton minna mio miranda miriam moa moha mohamed
mohammad mohammed mona monika muhammad mustafa märta najma nathalie nellie nelly nicklas nicole niklas nikola
nikolas nils nina noah noel noelle nomi nora nour nova novalie nur oliver olivia olle olof oscar oskar osman ottilia
otto ove patricia patrik paul paula per pernilla petra petter philip pontus rafael rahma ramadan ramona rania
rebecka reza rickard roger roland ronja rosa ruben rut ruth saga said sally salma salman sam samir samira samuel
sandra sara sarah saskia sebastian selma sia sigge sigrid sigvard siham simon simone siv sixten sofia sofie solveig
sonja stefan stella stina sture sumaya susanne svante svea sven tage tahir tara tariq tea ted teo theo theodor
therese thomas tilda tilde tim timothy tindra tintin tobias tomas tommy torbjörn tove tua ture tuva tyra ulf ulla
ulrika urban valter vanessa vendela vera victor victoria vidar vide viggo viktor viktoria vilda vilgot vilhelm villy
vilma vincent viola vivianne wilhelm william wilma wilmer yahya yara yasin yasmin yonas youssef yusuf yvonne
zacharias zahra zainab zara zeinab zelda åke åsa örjan
"""
# Those that are also words: known only by a capital letter.
_ALSO_WORDS = """
alba ann anna april ask augusti bella ben björn bo bror dag dagny dante disa ella elle eve even falk fia flora frank
frej freja glad gry hampus heidi ian isa jan jul juli june juni kai kim klara laura lea leia leo levi lin linn liten
liv lo loa lova love luna ly lykke maj mary mats max min mio mira mona my nora nova nur olga ove per pil ris ros
rosa rut saga said sam siv sky sol stella sten stig storm sture svea sven tage tara tea ted teo tim tova tua ture
tuva ulf urban vera vide vilda viola
"""

# Words that so many sentences begin with that they are no names there: hans mamma, inga barn.
_BEGINNINGS = "bror dag even glad hans inga jul juli liten ly min mina per pil ris ros april augusti"
_MOSTLY_NAMES = "ann anna ella laura mary mats mona nora stella"

ALSO_WORDS = frozenset(_ALSO_WORDS.split()) - frozenset(_MOSTLY_NAMES.split())
FIRST_NAMES = (frozenset(_NAMES.split()) | ALSO_WORDS) - frozenset(_BEGINNINGS.split())
