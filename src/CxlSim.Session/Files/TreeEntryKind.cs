namespace CxlSim.Session;

/// <summary>Kinds of entries, by their type bits in <c>st_mode</c>.</summary>
public enum TreeEntryKind
{
    CharacterDevice = 0x2000,
    Directory = 0x4000,
    File = 0x8000,
    Link = 0xa000,
}
