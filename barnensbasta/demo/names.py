"""Names to choose from. Surnames are invented; nobody is meant."""

GIRLS = (
    "Alice", "Maja", "Vera", "Alma", "Selma", "Elsa", "Lilly", "Astrid", "Wilma", "Freja", "Olivia", "Ebba",
    "Saga", "Agnes", "Ellie", "Stella", "Signe", "Alva", "Ines", "Klara", "Leia", "Tyra", "Juni", "Edith",
    "Molly", "Elin", "Amina", "Layla", "Hodan", "Hanna",
)  # fmt: skip
BOYS = (
    "William", "Liam", "Noah", "Hugo", "Lucas", "Adam", "Oliver", "Elias", "Oscar", "Matteo", "Vincent", "Ludvig",
    "Axel", "Leo", "Alfred", "Nils", "Frans", "Valter", "Melvin", "Theo", "Sam", "Ivar", "Albin", "Charlie",
    "August", "Omar", "Yusuf", "Ali", "Viggo", "Emil",
)  # fmt: skip
WOMEN = (
    "Anna", "Eva", "Maria", "Karin", "Kristina", "Lena", "Sara", "Emma", "Malin", "Jenny", "Linda", "Åsa",
    "Camilla", "Ulrika", "Helena", "Susanne", "Jessica", "Therese", "Johanna", "Fatima", "Halima", "Zahra",
    "Oksana", "Jasmina", "Aino", "Ewa", "Birgitta", "Annika", "Linnéa", "Märta",
)  # fmt: skip
MEN = (
    "Lars", "Anders", "Mikael", "Johan", "Per", "Karl", "Peter", "Thomas", "Daniel", "Fredrik", "Andreas",
    "Stefan", "Magnus", "Mattias", "Henrik", "Jonas", "Björn", "Niklas", "Håkan", "Pär", "Ahmed", "Mohamed",
    "Hassan", "Abdi", "Dragan", "Jukka", "Oleksandr", "Göran", "Örjan", "Zoran",
)  # fmt: skip

_FIRST = ("Sjö", "Björk", "Tall", "Dim", "Gran", "Älg", "Moss", "Ljung", "Rönn", "Åker", "Öster", "Vinter")
_LAST = ("skimmer", "lykta", "kotte", "spira", "tuva", "klöver", "vante", "driva", "glimt", "fjäder")
SURNAMES = tuple(first + last for first in _FIRST for last in _LAST if first[-1] != last[0] or first == "Sjö")

# Language of a family, by given name where one says something, else Swedish.
LANGUAGES = {
    "Hodan": "so", "Amina": "so", "Yusuf": "so", "Layla": "ar", "Ali": "ar", "Omar": "ti",
}  # fmt: skip
