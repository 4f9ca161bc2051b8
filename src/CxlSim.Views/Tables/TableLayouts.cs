namespace CxlSim.Views;

/// <summary>The layouts by signature.</summary>
internal static class TableLayouts
{
    private static readonly Dictionary<string, TableLayout> Known = new()
    {
        ["CEDT"] = CedtLayout.Table,
        ["SRAT"] = SratLayout.Table,
        ["SLIT"] = SlitLayout.Table,
        ["HMAT"] = HmatLayout.Table,
        ["APIC"] = MadtLayout.Table,
        ["MCFG"] = McfgLayout.Table,
        ["FACP"] = TableLayout.Plain(CommonLayouts.FixedDescription),
        ["HPET"] = TableLayout.Plain(CommonLayouts.EventTimer),
        ["XSDT"] = TableLayout.Plain(CommonLayouts.Xsdt),
    };

    /// <summary>Null for a table of which only the header is known.</summary>
    public static TableLayout? Find(string signature) => Known.GetValueOrDefault(signature);
}
