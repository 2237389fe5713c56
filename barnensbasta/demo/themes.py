"""What the county's other cases are about: plain words, by age. ``{n}`` is the child's name."""

from __future__ import annotations

from dataclasses import dataclass

from access.units import UnitKind as K
from cases.wheel import Sector

S = Sector
SPEECH = "Logopedmottagningen"
PSYCHIATRY = "Barn- och ungdomspsykiatrin"
HABILITATION = "Barn- och ungdomshabiliteringen"

Partner = K | str


@dataclass(frozen=True)
class Theme:
    """A need that recurs: from what somebody saw to what was done about it."""

    ages: tuple[int, int]
    sender: K
    partners: tuple[Partner, ...]
    purpose: str
    seen: str
    works: str
    talk: str
    assessed: str
    partner_saw: str
    later: str
    before: str
    after: str
    goals: tuple[tuple[str, str, S], ...]
    own_step: str
    partner_steps: tuple[str, ...]
    family_step: str


THEMES: tuple[Theme, ...] = (
    Theme(
        (0, 2), K.FAMILY_CENTRE, (K.FAMILY_CENTRE, K.SOCIAL_SERVICES),
        "Att {n} och föräldrarna får sova och att någon avlastar ibland.",
        "{n} vaknar varje timme på natten och föräldern somnade här på soffan. Hon säger att hon inte har någon att "
        "ringa.",
        "{n} skrattar mycket och söker förälderns blick.",
        "Samtal om nätterna. Familjen vill ha hjälp med rutiner och någon som kan ta {n} en stund i veckan.",
        "BVC kan ge råd om sömn men inte avlastning. Samverkan med familjecentralen och råd och stöd.",
        "Kom till öppen förskola två förmiddagar. {n} lekte på golvet medan föräldern vilade.",
        "{n} sover tre timmar i sträck. Föräldern ser piggare ut.",
        "44433-3-", "54534-4-",
        (("{n} sover längre stunder på natten.", "Minst fyra timmar i sträck.", S.HEALTHY),
         ("Föräldern har någon att ringa.", "Två namn på kylskåpet.", S.NURTURED)),
        "Samtal om sömn varannan vecka",
        ("Plats i öppen förskola två förmiddagar i veckan", "Hembesök och råd om kvällsrutin"),
        "Vi turas om att ta natten",
    ),
    Theme(
        (1, 2), K.PRESCHOOL, (K.PRESCHOOL, HABILITATION),
        "Att {n} får den träning som behövs för att röra sig.",
        "{n} sitter helst stilla och kommer inte upp på knä. De andra i gruppen går eller kryper.",
        "{n} är nyfiken på saker som låter och sträcker sig efter dem.",
        "Föräldrarna har sett samma sak hemma och har väntat på att någon skulle säga det.",
        "BVC remitterar till habiliteringen. Förskolan behöver veta hur de kan träna i vardagen.",
        "Vi lägger leksaker på en låg bänk. {n} drar sig upp med lite hjälp.",
        "{n} står vid bänken i flera minuter och går i sidled.",
        "44244---", "44344---",
        (("{n} reser sig och går med stöd.", "Går längs soffan på egen hand.", S.ACTIVE),),
        "Remiss och läkarbesök",
        ("Träning i leken varje dag enligt program", "Sjukgymnast en gång i månaden"),
        "Vi övar på golvet en stund före middagen",
    ),
    Theme(
        (2, 5), K.PRESCHOOL, (K.PRESCHOOL, SPEECH),
        "Att {n} gör sig förstådd och förstår andra.",
        "{n} säger få ord som andra förstår och blir ledsen när vi inte förstår. Det händer flera gånger om dagen.",
        "{n} visar gärna med händerna och tycker om rim och sång.",
        "Föräldrarna förstår det mesta hemma men andra gör det inte. De vill veta om det går över.",
        "Språkscreeningen visar att {n} behöver logoped. Förskolan behöver bildstöd.",
        "Bilder på dagens stunder sitter i hallen. {n} pekar och går själv till nästa sak.",
        "{n} använder tre ord tillsammans och blir sällan ledsen.",
        "43254332", "44344343",
        (("{n} gör sig förstådd hos oss.", "Personal som inte känner {n} förstår det mesta.", S.ACHIEVING),
         ("{n} är med i leken.", "Leker med någon annan varje dag.", S.INCLUDED)),
        "Hörselprov och remiss",
        ("Bildstöd och språklek varje dag", "Träning var tredje vecka"),
        "Vi läser samma bok flera kvällar i rad",
    ),
    Theme(
        (2, 5), K.PRESCHOOL, (K.PRESCHOOL, K.SOCIAL_SERVICES),
        "Att {n} får lugnare övergångar hemma och på förskolan.",
        "Vid hämtning och lämning kastar sig {n} på golvet och slår. Det tar ofta en halvtimme.",
        "{n} är lugn när samma person möter och när det är förberett.",
        "Föräldrarna gör olika och är trötta på att bråka. De vill ha råd att göra lika.",
        "Förskolan och hemmet behöver samma rutin. Råd och stöd kan hjälpa föräldrarna.",
        "Samma person möter varje morgon. {n} väljer en bild och går in efter fem minuter.",
        "Två svåra lämningar på en månad, förut var det varje dag.",
        "33333332", "44344343",
        (("Lämningen går lugnt.", "Fyra dagar av fem utan gråt.", S.SAFE),),
        "Samtal om rutiner vid två besök",
        ("Samma person möter varje morgon", "Föräldrastöd fem gånger"),
        "Vi berättar kvällen innan vem som lämnar och hämtar",
    ),
    Theme(
        (3, 5), K.PRESCHOOL, (K.FAMILY_CENTRE, K.PRESCHOOL),
        "Att {n} äter och sover så att dagen fungerar.",
        "{n} äter bara bröd och ris hos oss och somnar vid lunch. På eftermiddagen orkar {n} inte leka.",
        "{n} är med en stund när vi bakar och smakar då på nya saker.",
        "Föräldrarna arbetar skift. Måltider och läggning blir olika olika dagar.",
        "Tillväxten är bra. Rutiner hemma och på förskolan behöver hänga ihop.",
        "{n} hjälper till att duka och har smakat på fyra nya saker.",
        "{n} äter lunch de flesta dagar och orkar leka efter vilan.",
        "43344433", "44444444",
        (("{n} äter något varmt varje dag.", "Lunch fyra dagar av fem.", S.HEALTHY),),
        "Vikt och längd var sjätte vecka",
        ("Samtal om mat och sömn tre gånger", "Hjälpa till i köket två gånger i veckan"),
        "Vi äter frukost tillsammans på helgen",
    ),
    Theme(
        (6, 9), K.SCHOOL, (K.PUPIL_HEALTH, K.LEISURE),
        "Att {n} har någon att vara med i skolan och på fritiden.",
        "{n} går ensam längs staketet på rasten och säger att ingen vill leka. Det har varit så i tre veckor.",
        "{n} är snäll mot yngre barn och kan mycket om djur.",
        "{n} vill ha en kompis men vågar inte fråga. Föräldrarna visste inte att det var så på rasten.",
        "Skolan ordnar rasterna. Elevhälsan och fritidsgården behövs för att det ska hålla.",
        "{n} kommer till gruppen varje vecka och har börjat skoja med två andra.",
        "{n} frågade själv en klasskamrat om att leka efter skolan.",
        "34343331", "44344343",
        (("{n} har någon att leka med på rasten.", "Minst tre raster i veckan.", S.INCLUDED),
         ("{n} har något att göra efter skolan.", "Går till Djurgruppen.", S.ACTIVE)),
        "Rastvärd som startar lek varje dag",
        ("Kompisgrupp åtta gånger", "Plats i en grupp en eftermiddag i veckan"),
        "Vi bjuder hem en kamrat på lördag",
    ),
    Theme(
        (6, 10), K.SCHOOL, (K.PUPIL_HEALTH, SPEECH),
        "Att {n} får hjälp med läsningen och tror på sig själv.",
        "{n} gissar ord och vill inte läsa högt. På läslektionen får {n} ont i magen.",
        "{n} berättar bra och minns det som läses upp.",
        "Hemma blir det bråk om läxan. {n} säger att hjärnan är trasig.",
        "Skolan prövar extra läsning. Bedömning av logoped behövs.",
        "{n} lyssnar på boken först och läser sedan samma sida. Det går lättare.",
        "{n} läste en halv sida högt för mig och ville fortsätta.",
        "43243333", "44344343",
        (("{n} läser en kort text utan att ge upp.", "En sida i taget.", S.ACHIEVING),),
        "Lästräning tre gånger i veckan",
        ("Samtal om vad som är svårt och vad som går", "Bedömning av läsning och språk"),
        "Vi läser varannan mening högt i tio minuter",
    ),
    Theme(
        (6, 11), K.SCHOOL, (K.SOCIAL_SERVICES, K.PUPIL_HEALTH),
        "Att {n} kommer i tid, har ätit och har en vuxen att prata med.",
        "{n} kommer sent tre dagar av fem och har inte ätit. {n} säger att hen väcker sina syskon.",
        "{n} är klok, tar ansvar och hjälper gärna till.",
        "Föräldern är ensam med fyra barn och arbetar tidigt. Morgnarna är svårast.",
        "Skolan kan ge frukost. Råd och stöd kan hjälpa med morgnarna.",
        "Föräldern har gjort ett schema och en granne hjälper till två morgnar.",
        "{n} har kommit i tid nästan varje dag och äter frukost här.",
        "33334353", "44444343",
        (("{n} kommer i tid och mätt.", "Fyra morgnar av fem.", S.NURTURED),
         ("{n} slipper ansvara för syskonen på morgonen.", "En vuxen väcker.", S.RESPONSIBLE)),
        "Frukost i skolan från klockan 7.30",
        ("Råd om morgnarna varannan vecka", "Samtal en gång i veckan"),
        "Farmor ringer klockan 6.30",
    ),
    Theme(
        (10, 15), K.SCHOOL, (K.PUPIL_HEALTH, K.SOCIAL_SERVICES),
        "Att {n} kommer tillbaka till skolan i små steg.",
        "{n} har varit borta 28 procent av lektionerna de senaste fyra veckorna, mest på förmiddagen.",
        "{n} kommer alltid till bild och hemkunskap.",
        "{n} ligger vaken och spelar för att slippa tänka på morgonen. Föräldrarna har slutat väcka.",
        "Skolan anpassar schemat. Elevhälsan kartlägger och råd och stöd hjälper föräldrarna.",
        "{n} har kommit till mig fyra gånger av fem. Vi börjar dagen i biblioteket.",
        "Frånvaron är nere i 12 procent. {n} går själv från bussen.",
        "32231332", "43342343",
        (("{n} är i skolan varje dag, först två lektioner.", "Tre veckor i rad.", S.ACHIEVING),
         ("{n} sover före klockan 23.", "Fem nätter i veckan.", S.HEALTHY)),
        "Anpassat schema och ett sms klockan 7.30",
        ("Möter vid dörren och samtal en gång i veckan", "Föräldrastöd varannan vecka"),
        "Telefonen laddas i köket",
    ),
    Theme(
        (11, 16), K.SCHOOL, (K.PUPIL_HEALTH, PSYCHIATRY),
        "Att {n} mår bättre och vet vart hen kan vända sig.",
        "{n} gråter på toaletten flera gånger i veckan och säger att allt känns grått.",
        "{n} pratar gärna med sin mentor och skriver dikter.",
        "{n} vill ha hjälp men vill bestämma själv vad föräldrarna får veta om vad.",
        "Skolan räcker inte. Elevhälsan träffar {n} nu och BUP bedömer.",
        "{n} kommer varje vecka. Vi har gjort en lista på vad som hjälper.",
        "{n} sover bättre och har börjat träffa en kompis igen.",
        "31232332", "42342343",
        (("{n} har någon att prata med varje vecka.", "Vet tid och plats.", S.HEALTHY),),
        "Lugn plats i skolan och längre tid på prov",
        ("Samtal varje vecka", "Bedömning och behandling"),
        "Vi går en promenad utan att fråga",
    ),
    Theme(
        (12, 16), K.LEISURE, (K.SOCIAL_SERVICES, K.LEISURE),
        "Att {n} har trygga kvällar och något eget att göra.",
        "{n} är ute till efter midnatt på vardagar och säger att det inte spelar någon roll hemma.",
        "{n} är rolig, stark och lyssnar på vuxna som lyssnar tillbaka.",
        "Föräldrarna vet inte var {n} är. {n} vill ha mindre tjat och mer att göra.",
        "Skolan märker trötthet. Råd och stöd och fritidsgården når {n} på kvällen.",
        "{n} hjälper till med ljudet på fredagar och går hem klockan 22.",
        "{n} är hemma till 22 de flesta vardagar.",
        "23332322", "33342333",
        (("{n} är hemma klockan 22 på vardagar.", "Fyra kvällar av fem.", S.SAFE),
         ("{n} har ett uppdrag.", "Sköter ljudet varannan fredag.", S.ACTIVE)),
        "Mentorssamtal varje måndag",
        ("Råd till föräldrarna om gränser", "Uppdrag som ljudtekniker"),
        "Vi äter middag ihop på söndagar",
    ),
    Theme(
        (7, 14), K.SCHOOL, (K.PUPIL_HEALTH, K.LEISURE),
        "Att {n} lär sig svenska och hittar vänner.",
        "{n} har gått här i fyra månader och säger nästan inget på lektionerna. På rasten står {n} vid dörren.",
        "{n} är snabb i matematik och bra i fotboll.",
        "Familjen är ny i kommunen. De vill att {n} får spela fotboll och förstå läxorna.",
        "Studiehandledning ordnas. Fritid och elevhälsan hjälper {n} in i gruppen.",
        "{n} berättade om sin gamla skola med bilder. Två klasskamrater lyssnade länge.",
        "{n} svarar på lektionen och tränar två gånger i veckan.",
        "34333332", "44444343",
        (("{n} har en kompis i klassen.", "Är med i lek varje dag.", S.INCLUDED),),
        "Studiehandledning på modersmålet",
        ("Vägkamrat och samtal", "Fotboll två gånger i veckan"),
        "Vi går till biblioteket på lördagar",
    ),
)  # fmt: skip
