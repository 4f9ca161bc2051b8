namespace CxlSim.Platform;

/// <summary>Kinds of CEDT record, and those that are given as bytes.</summary>
public enum CedtRecordKind
{
    Chbs,
    Cfmws,
    Cxims,
    Rdpas,
    Csds,
    Raw,
}
