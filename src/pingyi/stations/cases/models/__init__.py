"""The room's rows: cases, who raised them, their way from hand to hand, their clock, what followed."""

from __future__ import annotations

from pingyi.stations.cases.models.case import Case as Case
from pingyi.stations.cases.models.case import CaseNumber as CaseNumber
from pingyi.stations.cases.models.clock import ClockStop as ClockStop
from pingyi.stations.cases.models.clock import Extension as Extension
from pingyi.stations.cases.models.clock import MissingPapers as MissingPapers
from pingyi.stations.cases.models.clock import StopLook as StopLook
from pingyi.stations.cases.models.complainant import Complainant as Complainant
from pingyi.stations.cases.models.custody import Handover as Handover
from pingyi.stations.cases.models.figures import OpenFigures as OpenFigures
from pingyi.stations.cases.models.figures import WeeklyBulletin as WeeklyBulletin
from pingyi.stations.cases.models.files import Attachment as Attachment
from pingyi.stations.cases.models.inbox import WEB as WEB
from pingyi.stations.cases.models.inbox import Submission as Submission
from pingyi.stations.cases.models.keys import ChannelKey as ChannelKey
from pingyi.stations.cases.models.oversight import Breach as Breach
from pingyi.stations.cases.models.oversight import CallBack as CallBack
from pingyi.stations.cases.models.oversight import Message as Message
from pingyi.stations.cases.models.oversight import Rating as Rating
from pingyi.stations.cases.models.oversight import SupervisionLetter as SupervisionLetter
from pingyi.stations.cases.models.protection import CallBackDraw as CallBackDraw
from pingyi.stations.cases.models.protection import CaseHold as CaseHold
from pingyi.stations.cases.models.protection import Identification as Identification
from pingyi.stations.cases.models.protection import Reopening as Reopening
from pingyi.stations.cases.models.receipts import ReceiptRoll as ReceiptRoll
from pingyi.stations.cases.models.receipts import SealedReceipt as SealedReceipt
from pingyi.stations.cases.models.seeing import CaseGroup as CaseGroup
from pingyi.stations.cases.models.seeing import CaseWords as CaseWords
from pingyi.stations.cases.models.seeing import Grouped as Grouped
from pingyi.stations.cases.models.seeing import Learnt as Learnt
from pingyi.stations.cases.models.seeing import Surfaced as Surfaced
from pingyi.stations.cases.models.tables import ColumnMemory as ColumnMemory
from pingyi.stations.cases.models.tables import HotlineFile as HotlineFile
from pingyi.stations.cases.models.tables import HotlineTable as HotlineTable
from pingyi.stations.cases.models.tables import SetAsideRow as SetAsideRow
from pingyi.stations.cases.models.tables import SourceRow as SourceRow
from pingyi.stations.cases.models.tables import TableComparison as TableComparison
from pingyi.stations.cases.models.tables import TableState as TableState
from pingyi.stations.cases.models.tables import UnitName as UnitName
