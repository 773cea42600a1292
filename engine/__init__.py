"""US federal alternative minimum tax on incentive stock options: Forms 6251 and 8801, year after year.

from engine import Client, project
projection = project(Client(exercises=[...], returns=[...]))
projection.years[2025].form_6251["11"]
"""

from .clients.projection import Projection, project
from .clients.year_result import YearResult
from .errors import InputError, Problem
from .records import Client

__all__ = ["Client", "InputError", "Problem", "Projection", "YearResult", "project"]
