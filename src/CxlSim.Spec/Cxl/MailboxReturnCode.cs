namespace CxlSim.Spec.Cxl;

/// <summary>How a mailbox command ended (CXL r3.1 table 8-34).</summary>
public enum MailboxReturnCode : ushort
{
    Success = 0x00,
    BackgroundStarted = 0x01,
    InvalidInput = 0x02,
    Unsupported = 0x03,
    InternalError = 0x04,
    InvalidPhysicalAddress = 0x0f,
    InjectPoisonLimit = 0x10,
    InvalidPayloadLength = 0x16,
    InvalidLog = 0x17,
}
