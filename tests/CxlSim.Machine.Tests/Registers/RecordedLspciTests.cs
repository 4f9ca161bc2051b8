using System.Text.RegularExpressions;

namespace CxlSim.Machine.Tests;

/// <summary>Fields of configuration space against what lspci says of the recorded machine's functions, flag by flag.</summary>
public partial class RecordedLspciTests
{
    private const string Card = "0d:00.0";
    private const string Port = "0c:00.0";

    private static readonly Lazy<SimulatedMachine> Machine = new(() => Given.Booted());

    [Theory]
    [InlineData(Card, "Control", "Command", "Mem=Memory Space, BusMaster=Bus Master, SpecCycle=Special Cycles, MemWINV=Memory Write and Invalidate, VGASnoop=VGA Palette Snoop, ParErr=Parity Error Response, FastB2B=Fast Back-to-Back")]
    [InlineData(Card, "Status", "Status", "Cap=Capabilities List, 66MHz=66 MHz Capable, FastB2B=Fast Back-to-Back Capable, ParErr=Master Data Parity Error, INTx=Interrupt Status")]
    [InlineData(Card, "DevCap", "Device Capabilities", "ExtTag=Extended Tag, RBE=Role-Based Error Reporting, FLReset=Function Level Reset")]
    [InlineData(Card, "DevCtl", "Device Control", "CorrErr=Correctable Error Reporting, NonFatalErr=Non-Fatal Error Reporting, FatalErr=Fatal Error Reporting, UnsupReq=Unsupported Request Reporting, RlxdOrd=Relaxed Ordering, ExtTag=Extended Tag Enable, NoSnoop=No Snoop")]
    [InlineData(Card, "DevSta", "Device Status", "CorrErr=Correctable Error Detected, UnsupReq=Unsupported Request Detected, TransPend=Transactions Pending")]
    [InlineData(Card, "LnkCap", "Link Capabilities", "ClockPM=Clock Power Management, Surprise=Surprise Down Error Reporting, LLActRep=Link Active Reporting, BwNot=Link Bandwidth Notification")]
    [InlineData(Card, "LnkSta", "Link Status", "Train=Link Training, SlotClk=Slot Clock, DLActive=Link Active, BWMgmt=Bandwidth Management Status")]
    [InlineData(Card, "CXLCap", "CXL Capability", "Cache=Cache Capable, IO=IO Capable, Mem=Mem Capable, MemHWInit=Mem HwInit Mode, Viral=Viral Capable")]
    [InlineData(Card, "CXLCtl", "CXL Control", "Cache=Cache Enable, IO=IO Enable, Mem=Mem Enable, CacheClean=Cache Clean Eviction, Viral=Viral Enable")]
    [InlineData(Card, "CXLCtl2", "CXL Control2", "DisableCaching=Disable Caching, InitCacheWB&Inval=Initiate Cache Write Back and Invalidation, InitRst=Initiate CXL Reset, RstMemClrEn=CXL Reset Mem Clr Enable")]
    [InlineData(Card, "CXLSta2", "CXL Status2", "ResetComplete=CXL Reset Complete, ResetError=CXL Reset Error, PMComplete=Power Management Initialization Complete")]
    [InlineData(Card, "FBCap", "Flex Bus Port Capability", "Cache=Cache, IO=IO, Mem=Mem, 68BFlit=68B Flit and VH, MltLogDev=Multi-Logical Device, 256BFlit=Latency-Optimized 256B Flit, PBRFlit=PBR Flit")]
    [InlineData(Card, "FBCtl", "Flex Bus Port Control", "Cache=Cache, IO=IO, Mem=Mem, SynHdrByp=Sync Hdr Bypass, DrftBuf=Drift Buffer, 68BFlit=68B Flit and VH, RCD=Disable RCD Training, Retimer1=Retimer 1 Present")]
    [InlineData(Card, "FBSta", "Flex Bus Port Status", "Cache=Cache, IO=IO, Mem=Mem, SynHdrByp=Sync Hdr Bypass, 68BFlit=68B Flit and VH, PBRFlit=PBR Flit")]
    [InlineData(Card, "DOECap", "DOE Capabilities", "IntSup=Interrupt Support")]
    [InlineData(Card, "DOESta", "DOE Status", "Busy=Busy, IntSta=Interrupt Status, Error=Error, ObjectReady=Data Object Ready")]
    [InlineData(Card, "UEMsk", "Uncorrectable Error Mask", "DLP=Data Link Protocol Error, TLP=Poisoned TLP Received, RxOF=Receiver Overflow, UncorrIntErr=Uncorrectable Internal Error, BlockedTLP=MC Blocked TLP, TLPBlockedErr=TLP Prefix Blocked Error")]
    [InlineData(Card, "UESvrt", "Uncorrectable Error Severity", "DLP=Data Link Protocol Error, SDES=Surprise Down Error, TLP=Poisoned TLP Received, FCP=Flow Control Protocol Error, CmpltTO=Completion Timeout, RxOF=Receiver Overflow, MalfTLP=Malformed TLP, ECRC=ECRC Error, UncorrIntErr=Uncorrectable Internal Error")]
    [InlineData(Card, "CEMsk", "Correctable Error Mask", "RxErr=Receiver Error, BadTLP=Bad TLP, BadDLLP=Bad DLLP, Rollover=REPLAY_NUM Rollover, Timeout=Replay Timer Timeout, AdvNonFatalErr=Advisory Non-Fatal Error, CorrIntErr=Corrected Internal Error, HeaderOF=Header Log Overflow")]
    [InlineData(Card, "AERCap", "AER Capabilities and Control", "ECRCGenCap=ECRC Generation Capable, ECRCGenEn=ECRC Generation Enable, ECRCChkCap=ECRC Check Capable, ECRCChkEn=ECRC Check Enable, MultHdrRecCap=Multiple Header Recording Capable")]
    [InlineData(Port, "AERCap", "AER Capabilities and Control", "ECRCGenCap=ECRC Generation Capable, MultHdrRecCap=Multiple Header Recording Capable")]
    [InlineData(Port, "ACSCap", "ACS Capability", "SrcValid=Source Validation, TransBlk=Translation Blocking, ReqRedir=P2P Request Redirect, CmpltRedir=P2P Completion Redirect, UpstreamFwd=Upstream Forwarding, EgressCtrl=P2P Egress Control, DirectTrans=Direct Translated P2P")]
    [InlineData(Port, "CXLPortCtl", "Port Control Extensions", "UnmaskSBR=Unmask SBR, UnmaskLinkDisable=Unmask Link Disable, AltMem=Alt Memory and ID Space Enable, AltBME=Alt BME, ViralEnable=Viral Enable")]
    [InlineData(Port, "CXLPortSta", "CXL Port Extension Status", "PMComplete=Port Power Management Initialization Complete")]
    [InlineData(Port, "FBSta", "Flex Bus Port Status", "IO=IO, Mem=Mem, 68BFlit=68B Flit and VH")]
    public void Flags_AreThoseOfLspci(string function, string line, string register, string fields)
    {
        Dictionary<string, bool> recorded = FlagsOf(function, line);
        IReadOnlyList<RegisterField> found = Named(function, register).Fields;

        string[][] pairs = [.. fields.Split(", ").Select(pair => pair.Split('='))];
        pairs.Select(pair => (pair[1], found.Single(field => field.Name == pair[1]).Value == 1)).Should().Equal(pairs.Select(pair => (pair[1], recorded[pair[0]])));
    }

    // LnkSta: Speed 32GT/s, Width x16; DevCtl: MaxPayload 128 bytes; Express (v2) Endpoint; Root Port; MSI-X: Count=8, BAR=4, PBA offset=00000800;
    // Register Locator: bar0 component registers, bar2 CXL device registers; Range1: Type=CDAT; GPF Phase 2 Duration: 3s; HDMCount 1.
    [Theory]
    [InlineData(Card, "Link Status", "Current Link Speed", 5, "32 GT/s")]
    [InlineData(Card, "Link Status", "Negotiated Link Width", 16, "x16")]
    [InlineData(Card, "Device Control", "Max Payload Size", 0, "128 bytes")]
    [InlineData(Card, "PCI Express Capabilities", "Device/Port Type", 0, "endpoint")]
    [InlineData(Port, "PCI Express Capabilities", "Device/Port Type", 4, "root port")]
    [InlineData(Card, "MSI-X Message Control", "Table Size", 7, "8 vectors")]
    [InlineData(Card, "MSI-X Table", "BAR", 4, null)]
    [InlineData(Card, "MSI-X PBA", "Offset 31:3", 0x100, null)]
    [InlineData(Card, "Register Block 1 Offset Low", "Register Block Identifier", 1, "component registers")]
    [InlineData(Card, "Register Block 2 Offset Low", "Register BIR", 2, null)]
    [InlineData(Card, "Register Block 2 Offset Low", "Register Block Identifier", 3, "device registers")]
    [InlineData(Card, "CXL Range 1 Size Low", "Media Type", 2, "as CDAT says")]
    [InlineData(Card, "CXL Range 1 Size Low", "Memory Active Timeout", 0, "1 s")]
    [InlineData(Card, "GPF Phase 2 Duration", "Time Base", 3, null)]
    [InlineData(Card, "GPF Phase 2 Duration", "Time Scale", 6, "1 s")]
    [InlineData(Card, "CXL Capability", "HDM Count", 1, null)]
    [InlineData(Port, "MSI Message Control", "Multiple Message Capable", 1, "2 vectors")]
    [InlineData(Card, "DVSEC for CXL Devices Header 1", "DVSEC Length", 60, null)]
    public void Numbers_AreThoseOfLspci(string function, string register, string field, ulong value, string? meaning)
    {
        RegisterField found = Named(function, register).Fields.Single(candidate => candidate.Name == field);

        (found.Value, found.Meaning).Should().Be((value, meaning));
    }

    private static Register Named(string function, string register) =>
        Machine.Value.RegisterUnits.Single(unit => unit.Name == (function == Card ? "card" : "host bridge 5 root port 0")).Registers.Single(candidate => candidate.Name == register);

    /// <summary>The flags of one register, which may take several lines.</summary>
    private static Dictionary<string, bool> FlagsOf(string function, string line)
    {
        string[] section = [.. File.ReadLines(RepositoryRoot.File("tests/golden/01-single-volatile/fw/lspci-vvv.txt")).SkipWhile(text => !text.StartsWith(function, StringComparison.Ordinal)).TakeWhile(text => text.Length > 0)];
        int first = Array.FindIndex(section, text => text.Trim().StartsWith($"{line}:", StringComparison.Ordinal));
        first.Should().BePositive();
        string words = string.Join(' ', section.Skip(first + 1).TakeWhile(text => !Label().IsMatch(text)).Prepend(section[first]));
        return Flag().Matches(words).DistinctBy(flag => flag.Groups["name"].Value).ToDictionary(flag => flag.Groups["name"].Value, flag => flag.Groups["set"].Value == "+");
    }

    [GeneratedRegex(@"(?<=\s)(?<name>\S+)(?<set>[+-])(?=\s|$)")]
    private static partial Regex Flag();

    [GeneratedRegex(@"^\s+[\w ]+:")]
    private static partial Regex Label();
}
