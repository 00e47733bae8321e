"""This stage knows which skills a plan calls for, which bodies have them, and who teaches them."""

from forestall.training.bands import PeopleBand, band_of
from forestall.training.example import example_courses, example_holdings
from forestall.training.files import (
    Gaps,
    gaps_file,
    read_courses,
    read_holdings,
    write_training,
)
from forestall.training.gaps import HeldBy, HeldWhere, NeedFound, SkillGaps, SkillRow, skill_gaps
from forestall.training.needs import SkillNeed, needs_of
from forestall.training.records import (
    Audience,
    Body,
    Course,
    CourseDate,
    CourseForm,
    Courses,
    Holding,
    Holdings,
    OwnSkill,
    Price,
    Qualification,
    Wanted,
)
from forestall.training.schema import training_schema
from forestall.training.skills import Skill, skill_words
from forestall.training.soundness import check_courses, check_holdings
from forestall.training.teaching import CourseFound, courses_for, next_date

__all__ = [
    "Audience",
    "Body",
    "Course",
    "CourseDate",
    "CourseForm",
    "CourseFound",
    "Courses",
    "Gaps",
    "HeldBy",
    "HeldWhere",
    "Holding",
    "Holdings",
    "NeedFound",
    "OwnSkill",
    "PeopleBand",
    "Price",
    "Qualification",
    "Skill",
    "SkillGaps",
    "SkillNeed",
    "SkillRow",
    "Wanted",
    "band_of",
    "check_courses",
    "check_holdings",
    "courses_for",
    "example_courses",
    "example_holdings",
    "gaps_file",
    "needs_of",
    "next_date",
    "read_courses",
    "read_holdings",
    "skill_gaps",
    "skill_words",
    "training_schema",
    "write_training",
]
