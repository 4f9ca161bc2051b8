namespace CxlSim.Timing;

/// <summary>A bank's row, and from when on it takes commands. Unit: picoseconds of virtual time.</summary>
internal struct DramBank
{
    /// <summary>The open row and one; 0 for none.</summary>
    public ulong OpenRow;
    public long ColumnFrom;
    public long PrechargeFrom;
    public long ActivateFrom;

    /// <summary>How long it was busy since it was last cleared.</summary>
    public long Busy;
}
