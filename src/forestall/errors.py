"""This file knows every deliberate error that a user can put right.

::

    ForestallError
    ├── InvalidFile          a file cannot be read as what it should be
    │   └── UnknownSource    its columns are of no known publisher and no mapping was given
    ├── InvalidMapping       a TOML mapping that says too little, or contradicts the file
    ├── PersonalColumns      a file brings columns that identify persons
    ├── InvalidRecords       incidents that a method cannot use as they are
    ├── InvalidPlaces        a grid or areas that cannot serve (size, projection, duplicates)
    │   └── InvalidAreas     an area file without what was asked of it
    ├── InvalidLines         a file of streets or boundaries that cannot lie under the map
    ├── InvalidStore         a folder that is not, or no longer, an incident store
    │   └── StoreBusy        another import is writing to the store
    ├── NoSpaceLeft          the disk is full; the store is as it was before
    ├── InvalidMoney         an amount, price index or schedule without what makes it comparable
    │   └── MixedMoney       amounts of different currencies, price years, methods or bases
    ├── CannotAnswer         the data are too few or too coarse for the question
    ├── CannotSynthesise     effects of studies that must not be averaged as they are
    ├── UnsafeToPublish      a table cannot be protected under the rule that was given
    │   └── UnknownRule      a disclosure rule that does not exist
    ├── InvalidOutput        a folder that cannot take a report without destroying something
    ├── InvalidPublication   a folder without a report that can be written once more
    ├── InvalidFonts         the folder named for more fonts cannot be used
    ├── InvalidCommand       the words of a command line cannot be understood
    ├── UnknownFormat        a format that no report is written in
    ├── UnknownLanguage      no catalogue for a language
    ├── UnknownIntervention  the evidence has no intervention of this key
    ├── InvalidCatalogue     a catalogue of translations that cannot be read
    ├── InvalidSpecification a TOML file that says what to evaluate, with a fault in it
    ├── InvalidEvidence      a study, review or practice that says too little, or contradicts itself
    ├── InvalidConfiguration a setting of the workspace that cannot be used
    ├── NotAllowed           a person's role does not allow it, with who can
    ├── Cancelled            work in the background that somebody cancelled while it ran
    ├── InvalidBackup        an archive of a workspace that is damaged, or cannot be put back
    ├── InvalidPlan          a plan that lacks what its record needs, or contradicts itself
    │   └── PartChanged      somebody else changed the same part of a plan meanwhile
    ├── InvalidAssistance    a need, an offer or a proposal that contradicts itself or another
    ├── InvalidTraining      courses, or skills of bodies, that contradict themselves or a plan
    ├── InvalidBundle        a bundle that was changed, is unsafe to open, or tells of persons
    │   ├── ChangedKey       it is signed with another key than this publisher used before
    │   └── OlderBundle      a later version of it is there already
    ├── InvalidConsultation  a consultation that does not take what it is given, with the reason
    ├── InvalidEntry         an entry of the directory that cannot be
    ├── InvalidRelease       a publication that cannot be released or withdrawn as it is
    ├── InvalidQuestionnaire a questionnaire or a reply that cannot be used as it is
    │   └── AnswerChanged    somebody else changed the same answer of a reply meanwhile
    ├── RankingRefused       states are not put in an order by what they answered
    ├── MoveNotAllowed       a plan cannot go from its state to another, with the reason
    └── MissingLibrary       a method needs an optional library that is not installed
"""


class ForestallError(Exception):
    """Something that the user can put right, said in one sentence."""


class InvalidFile(ForestallError):
    """A file cannot be read as what it should be."""


class UnknownSource(InvalidFile):
    """A file has the columns of no known publisher and came without a mapping."""


class InvalidMapping(ForestallError):
    """A mapping says too little, or contradicts the file."""


class PersonalColumns(ForestallError):
    """A file brings columns that identify persons."""


class InvalidRecords(ForestallError):
    """Incidents cannot be used by a method as they are."""


class InvalidPlaces(ForestallError):
    """A grid or a set of areas cannot serve."""


class InvalidAreas(InvalidPlaces):
    """An area file lacks what was asked of it."""


class InvalidLines(ForestallError):
    """A file of streets or boundaries cannot lie under the map."""


class InvalidStore(ForestallError):
    """A folder is not, or no longer, an incident store."""


class StoreBusy(InvalidStore):
    """Another import is writing to the store."""


class NoSpaceLeft(ForestallError):
    """The disk is full; the store is as it was before."""


class InvalidMoney(ForestallError):
    """An amount, a price index or a schedule lacks what makes it comparable."""


class MixedMoney(InvalidMoney):
    """Amounts of different currencies, price years, methods or bases cannot be put together."""


class CannotAnswer(ForestallError):
    """The data are too few or too coarse for the question."""


class CannotSynthesise(ForestallError):
    """Effects of studies must not be averaged as they are."""


class UnsafeToPublish(ForestallError):
    """A table cannot be protected under the rule that was given."""


class UnknownRule(UnsafeToPublish):
    """A disclosure rule does not exist."""


class InvalidOutput(ForestallError):
    """A folder cannot take a report without destroying something."""


class InvalidPublication(ForestallError):
    """A folder holds no report that can be written once more, or its stored publication broke."""


class InvalidFonts(ForestallError):
    """The folder named for more fonts cannot be used."""


class InvalidCommand(ForestallError):
    """The words of a command line cannot be understood."""


class UnknownFormat(ForestallError):
    """A report is not written in a format."""


class UnknownLanguage(ForestallError):
    """There is no catalogue for a language."""


class UnknownIntervention(ForestallError):
    """The evidence has no intervention of this key."""


class InvalidCatalogue(ForestallError):
    """A catalogue of translations cannot be read."""


class InvalidSpecification(ForestallError):
    """The file that says what to evaluate lacks something, or holds something not understood."""


class InvalidEvidence(ForestallError):
    """A study, a review or a practice says too little, or contradicts itself."""


class InvalidConfiguration(ForestallError):
    """A setting of the workspace cannot be used."""


class NotAllowed(ForestallError):
    """The role of a person does not allow what was asked, with the reason."""


class Cancelled(ForestallError):
    """Somebody cancelled work in the background while it ran; what it did is undone."""


class InvalidBackup(ForestallError):
    """An archive of a workspace is damaged, or cannot be put back where it should."""


class InvalidPlan(ForestallError):
    """A plan lacks something that its record needs, or contradicts itself.

    Attributes
    ----------
    at
        The place as programs name it, such as ``actions[0].steps[4]``; "" where there is none. The
        sentence says it in words.
    """

    def __init__(self, *said: object, at: str = "") -> None:
        super().__init__(*said)
        self.at = at


class PartChanged(InvalidPlan):
    """Somebody else changed the same part of a plan since it was read."""


class InvalidAssistance(ForestallError):
    """A need, an offer or a proposal contradicts itself or another."""


class InvalidTraining(ForestallError):
    """Courses, or the skills of bodies, contradict themselves or a plan."""


class InvalidBundle(ForestallError):
    """A bundle of another city was changed, is unsafe to open, or tells of persons."""


class ChangedKey(InvalidBundle):
    """A bundle is signed with another key than its publisher used before."""


class OlderBundle(InvalidBundle):
    """A later version of a bundle is there already."""


class InvalidConsultation(ForestallError):
    """A consultation does not take what it is given."""


class InvalidEntry(ForestallError):
    """An entry of the directory that cannot be."""


class InvalidRelease(ForestallError):
    """A publication cannot be released or withdrawn as it is."""


class MoveNotAllowed(ForestallError):
    """A plan cannot go from the state it is in to another, with the reason."""


class InvalidQuestionnaire(ForestallError):
    """A questionnaire or a reply says too little, or contradicts itself."""


class AnswerChanged(InvalidQuestionnaire):
    """Somebody else changed the same answer of a reply since it was read."""


class RankingRefused(ForestallError):
    """States are not put in an order by what they answered; it is no scorecard (2006/20)."""


class MissingLibrary(ForestallError):
    """A method needs an optional library that is not installed."""
