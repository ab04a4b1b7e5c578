"""All checks of a definition, in one go."""

from ..rules import Version
from .clocks import check_clocks, course_of
from .filled import Filled
from .findings import Finding
from .lives import Lives
from .matters import check_matters, check_parts
from .moves import check_moves
from .outputs import check_outputs
from .promises import check_promises
from .states import check_states
from .survey import Survey


def verify(version: Version) -> tuple[Finding, ...]:
    """Return all that cannot be meant in a version, and every promise it does not keep; () if all is well.

    Fields, shares, people, children, time and plugins may stand in any way; what requirements remember of the
    past is followed exactly. So a story told is possible, and a promise not told of is kept by every life.
    """
    lives = Lives(version)
    survey = Survey(lives)
    filled = Filled(survey)
    courses = {clock.id: course_of(survey, clock) for clock in version.clocks}
    return (
        *check_states(survey),
        *check_moves(survey, filled),
        *check_clocks(survey, courses),
        *check_outputs(survey, filled, courses),
        *check_matters(survey),
        *check_parts(survey, filled),
        *check_promises(lives),
    )
