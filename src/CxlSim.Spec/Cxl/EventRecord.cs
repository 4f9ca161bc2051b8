namespace CxlSim.Spec.Cxl;

/// <summary>An event record of 128 bytes: the common header, and where the fields of each kind lie (CXL r3.1 tables 8-42, 8-45, 8-46, 8-47; CXL r3.2 8.2.10.2.1, table 8-60).</summary>
public static class EventRecord
{
    public const int Size = 128;

    // Common: UUID, length u8, flags u24, handle u16, related handle u16, timestamp u64, maintenance class u8 and sub-class u8; since CXL 3.2 LD id u16, head id u8; 11 reserved.
    public const int LengthOffset = 16;
    public const int FlagsOffset = 17;
    public const int HandleOffset = 20;
    public const int RelatedHandleOffset = 22;
    public const int TimestampOffset = 24;
    public const int MaintenanceClassOffset = 32;
    public const int MaintenanceSubClassOffset = 33;
    public const int LdIdOffset = 34;
    public const int HeadIdOffset = 36;
    public const int HeaderSize = 48;

    // General media and DRAM begin alike.
    public const int AddressOffset = 48;
    public const int DescriptorOffset = 56;
    public const int TypeOffset = 57;
    public const int TransactionTypeOffset = 58;
    public const int ValidityOffset = 59;
    public const int ChannelOffset = 61;
    public const int RankOffset = 62;

    // General media goes on with device u24, component id, flags of the threshold, corrected errors u24, sub-type.
    public const int DeviceOffset = 63;
    public const int ComponentOffset = 66;
    public const int ComponentLength = 16;
    public const int MediaThresholdFlagsOffset = 82;
    public const int MediaCorrectedErrorsOffset = 83;
    public const int MediaSubTypeOffset = 86;
    public const ushort MediaValidChannel = 1 << 0;
    public const ushort MediaValidRank = 1 << 1;
    public const ushort MediaValidDevice = 1 << 2;
    public const ushort MediaValidComponent = 1 << 3;

    // DRAM: nibble mask u24, bank group u8, bank u8, row u24, column u16, correction mask, component id, sub-channel, flags of the threshold, corrected errors u24, sub-type.
    public const int NibbleMaskOffset = 63;
    public const int BankGroupOffset = 66;
    public const int BankOffset = 67;
    public const int RowOffset = 68;
    public const int ColumnOffset = 71;
    public const int CorrectionMaskOffset = 73;
    public const int CorrectionMaskLength = 32;
    public const int DramComponentOffset = 105;
    public const int DramSubChannelOffset = 121;
    public const int DramThresholdFlagsOffset = 122;
    public const int DramCorrectedErrorsOffset = 123;
    public const int DramSubTypeOffset = 126;
    public const ushort DramValidChannel = 1 << 0;
    public const ushort DramValidRank = 1 << 1;
    public const ushort DramValidNibble = 1 << 2;
    public const ushort DramValidBankGroup = 1 << 3;
    public const ushort DramValidBank = 1 << 4;
    public const ushort DramValidRow = 1 << 5;
    public const ushort DramValidColumn = 1 << 6;
    public const ushort DramValidCorrectionMask = 1 << 7;

    // Memory module: what happened u8, then the payload of Get Health Info, validity u16, component id, sub-type.
    public const int ModuleTypeOffset = 48;
    public const int ModuleHealthOffset = 49;
    public const int ModuleValidityOffset = 67;
    public const int ModuleComponentOffset = 69;
    public const int ModuleSubTypeOffset = 85;

    // Memory sparing: maintenance class and sub-class again, then from here flags u8, result u8, validity u16, 6 reserved, what is left u16.
    public const int SparingFlagsOffset = 50;
    public const int SparingResultOffset = 51;
    public const int SparingValidityOffset = 52;
    public const int SparingAvailableOffset = 60;

    // The place is as in DRAM records: channel, rank, nibble mask u24, bank group, bank, row u24, column u16, component id, sub-channel.
    public const int SparingChannelOffset = 62;
    public const int SparingRankOffset = 63;
    public const int SparingNibbleMaskOffset = 64;
    public const int SparingBankGroupOffset = 67;
    public const int SparingBankOffset = 68;
    public const int SparingRowOffset = 69;
    public const int SparingColumnOffset = 72;
    public const int SparingComponentOffset = 74;
    public const int SparingSubChannelOffset = 90;

    /// <summary>The low bits of a DPA are flags.</summary>
    public const ulong AddressFlags = 0x3f;

    /// <summary>Of them, those with a meaning: volatile, not repairable; the others are reserved.</summary>
    public const ulong KnownAddressFlags = 3;

    public static readonly Guid GeneralMedia = new("fbcd0a77-c260-417f-85a9-088b1621eba6");
    public static readonly Guid Dram = new("601dcbb3-9c06-4eab-b8af-4e9bfb5c9624");
    public static readonly Guid MemoryModule = new("fe927475-dd59-4339-a586-79bab113b774");
    public static readonly Guid MemorySparing = new("e71f3a40-2d29-4092-8a39-4d1c966c7c65");
}
