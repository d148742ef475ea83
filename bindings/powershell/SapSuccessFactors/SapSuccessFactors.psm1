#Requires -Version 5.1

# The module passes on what it is given. What it calls is Sfsf.Connector.PowerShell.Call in Sfsf.Connector.dll.

Set-StrictMode -Version 2.0

if (-not ('Sfsf.Connector.PowerShell.Call' -as [type])) {
    # Thrown anew, so that a module without it is not imported.
    try { Add-Type -Path (Join-Path -Path $PSScriptRoot -ChildPath 'Sfsf.Connector.dll') } catch { throw }
}

$ExecutionContext.SessionState.Module.OnRemove = { [Sfsf.Connector.PowerShell.Call]::Close() }

# Gives the calling function the preferences of whoever called it, which a module does not see by itself. What was said by a
# parameter stays.
function Use-CallerPreference {
    param($Cmdlet)

    $parameters = @{
        WhatIfPreference = 'WhatIf'; ConfirmPreference = 'Confirm'; VerbosePreference = 'Verbose'; DebugPreference = 'Debug'
        ErrorActionPreference = 'ErrorAction'; WarningPreference = 'WarningAction'
    }
    foreach ($preference in $parameters.Keys) {
        if (-not $Cmdlet.MyInvocation.BoundParameters.ContainsKey($parameters[$preference])) {
            $value = $Cmdlet.GetVariableValue($preference)
            # As PowerShell reads it: 1 and 'yes' are a rehearsal as well.
            if ($preference -eq 'WhatIfPreference') { $value = [bool]$value }
            # What cannot be heard ends the call, since it may have said no.
            try { Set-Variable -Name $preference -Value $value -Scope 1 -WhatIf:$false -Confirm:$false -ErrorAction Stop }
            catch { $Cmdlet.ThrowTerminatingError($_) }
        }
    }
}

<#
.SYNOPSIS
Gets people, groups or roles of SAP SuccessFactors.
.DESCRIPTION
Without a filter and an identity everybody comes. Inactive people come like everybody else, with status f. Objects come one
by one, so that memory does not grow with their number; leave the pipeline early, and the tenant is asked for nothing more.
.PARAMETER Filter
A filter such as "status eq 't'". A star means everybody. It excludes an identity.
.PARAMETER Fields
The fields that are wanted; all, if absent. groups and roles are fields as well.
.PARAMETER Identity
Whom to get, by user id; groups and roles by uid.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId; groups and roles with a uid.
.PARAMETER Type
USER, GROUP or ROLE; USER, if absent.
.PARAMETER AsOf
The day as of which objects are read, such as 2026-11-29; the tenant's today, if absent. What has no days refuses it.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Get-SAPData -Filter "status eq 'f'" -Fields firstName, lastName | Export-Csv -Path inactive.csv
.EXAMPLE
Get-SAPData -Identity jdoe, zoe -Fields groups, roles
#>
function Get-SAPData {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Position = 0)] [string] $Filter,
        [string[]] $Fields,
        [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [string] $Type,
        [object] $AsOf,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.Get() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
Saves people in SAP SuccessFactors: new and known ones, their status and their password.
.DESCRIPTION
Takes JSON as SuccessFactors has it, tables, or objects with a userId, also from the pipeline. What is so already is not
written again. A record that was not saved is an error, and those behind it are saved all the same.
.PARAMETER InputObject
JSON, a table, or an object whose properties are fields; or several of them. An empty text leaves a field as it is, since a
blank cell of a CSV file is one. $null in a table clears a field, and JSON means what it says.
.PARAMETER ClearEmpty
Clears the fields that are empty in a table or an object.
.PARAMETER EffectiveDate
The first day on which the change holds, such as 2026-11-29; the tenant's today, if absent. What has no days refuses it.
.PARAMETER Expected
What is believed to be there, as a table, an object or JSON: a value or a list for each name, $null for none. If anything else
is there, nothing is written, and the error names the attributes that differ.
.PARAMETER DryRun
Says what would be written, in order and to the byte, and writes nothing. -WhatIf, other than that, asks the tenant for nothing.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Save-SAPData @{ userId = 'jdoe'; username = 'jdoe'; status = 't'; lastName = 'Doe' }
.EXAMPLE
Import-Csv -Path people.csv | Save-SAPData -WhatIf
.EXAMPLE
Save-SAPData @{ userId = 'jdoe'; title = 'CTO' } -Expected @{ title = 'Engineer' }
.EXAMPLE
Save-SAPData '{"userId":"jdoe","status":"f"}'
#>
function Save-SAPData {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)] [object] $InputObject,
        [switch] $ClearEmpty,
        [object] $EffectiveDate,
        [object] $Expected,
        [switch] $DryRun,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.SaveRecords() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
SAVE of OpenIAM's generic PowerShell connector: creates somebody or changes them.
.PARAMETER Attributes
Names and values, or OpenIAM's list of names with values of which each has an operation: ADD, REPLACE, DELETE or NO_CHANGE;
the operation beside the values, if absent, or REPLACE. As tables, as objects or as JSON. An empty text leaves an attribute as it is, unless JSON says it.
.PARAMETER ClearEmpty
Clears the attributes that are empty in a table or an object.
.PARAMETER Identity
The user ids; that of the header, if absent. Nobody is taken for somebody else: a header of somebody else is an error.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId.
.PARAMETER Type
USER or GROUP; that of the header, if absent.
.PARAMETER EffectiveDate
The first day on which the change holds, such as 2026-11-29; the tenant's today, if absent. What has no days refuses it.
.PARAMETER Expected
What is believed to be there, as a table, an object or JSON: a value or a list for each name, $null for none. If anything else
is there, nothing is written, and the error names the attributes that differ.
.PARAMETER DryRun
Says what would be written, in order and to the byte, and writes nothing. -WhatIf, other than that, asks the tenant for nothing.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Save-Identity -Identity jdoe -Attributes @{ title = 'CTO'; department = $null }
#>
function Save-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [object] $Attributes,
        [switch] $ClearEmpty,
        [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [string] $Type,
        [object] $EffectiveDate,
        [object] $Expected,
        [switch] $DryRun,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.SaveIdentity() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
SEARCH of OpenIAM's generic PowerShell connector: finds whom the filter describes, or the identity of the header.
.PARAMETER Filter
A filter such as "lastModified ge '2022-01-01T00:00:00'". A star means everybody. It excludes -Identity, and comes before the
identity of the header.
.PARAMETER Fields
The fields that are wanted; all, if absent.
.PARAMETER Identity
The user ids; that of the header, if absent. Nobody is taken for somebody else: a header of somebody else is an error.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId.
.PARAMETER Type
USER, GROUP or ROLE; that of the header, if absent.
.PARAMETER AsOf
The day as of which objects are read, such as 2026-11-29; the tenant's today, if absent. What has no days refuses it.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Search-Data -Filter "username eq 'sfadmin'"
#>
function Search-Data {
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [Parameter(Position = 0)] [string] $Filter,
        [string[]] $Fields,
        [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [string] $Type,
        [object] $AsOf,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.Search() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
DELETE of OpenIAM's generic PowerShell connector: makes somebody inactive, since SuccessFactors deletes nobody.
.PARAMETER Identity
The user ids; that of the header, if absent. Nobody is taken for somebody else: a header of somebody else is an error.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Remove-Identity -Identity jdoe -WhatIf
#>
function Remove-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.Remove() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
RESET_PASSWORD of OpenIAM's generic PowerShell connector: sets a password and leaves the status as it is.
.PARAMETER Identity
The user ids; that of the header, if absent. Nobody is taken for somebody else: a header of somebody else is an error.
.PARAMETER Password
The new password: a secure string, a text, or a credential of this identity.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Reset-IdentityPassword -Identity jdoe -Password (Read-Host -AsSecureString)
#>
function Reset-IdentityPassword {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(Position = 1)] [object] $Password,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.ResetPassword() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
LOGIN of OpenIAM's generic PowerShell connector: refused, since SuccessFactors checks the passwords of people for nobody.
.PARAMETER Identity
Whose password it would be.
.PARAMETER Password
The password, which is looked at by nobody.
.EXAMPLE
Test-IdentityPassword -Identity jdoe
#>
function Test-IdentityPassword {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)] [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(Position = 1)] [object] $Password,
        [Parameter(ValueFromRemainingArguments = $true)] [object] $Ignored
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.TestPassword() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
SUSPEND of OpenIAM's generic PowerShell connector: makes somebody inactive.
.PARAMETER Identity
The user ids; that of the header, if absent. Nobody is taken for somebody else: a header of somebody else is an error.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Suspend-Identity -Identity jdoe
.EXAMPLE
Import-Csv -Path leavers.csv | Suspend-Identity
#>
function Suspend-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.Suspend() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
RESUME of OpenIAM's generic PowerShell connector: makes somebody active.
.PARAMETER Identity
The user ids; that of the header, if absent. Nobody is taken for somebody else: a header of somebody else is an error.
.PARAMETER InputObject
User ids from the pipeline, or objects with a userId.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Resume-Identity -Identity jdoe
#>
function Resume-Identity {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [Alias('userId', 'uid')] [string[]] $Identity,
        [Parameter(ValueFromPipeline = $true)] [object] $InputObject,
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.Resume() } finally { $call.End() }
    }
}

<#
.SYNOPSIS
TEST of OpenIAM's generic PowerShell connector: a fresh login, and one record read.
.PARAMETER Configuration
The keys of the configuration as a table, an object or JSON, or a JSON file by its name or as Get-Item gives it. Otherwise
SFSF_CONFIG names the file, or SapSuccessFactors.json lies beside the module. What is given is used or refused.
.PARAMETER Credential
The API user, and as the password the private key.
.PARAMETER HeaderAttributes
OpenIAM's header; the variable headerAttributes that the caller sees, if absent.
.EXAMPLE
Test-ConnectorConnection -Configuration acme.json
#>
function Test-ConnectorConnection {
    [CmdletBinding()]
    param(
        [object] $Configuration,
        [pscredential] $Credential,
        [object] $HeaderAttributes
    )
    begin {
        Use-CallerPreference -Cmdlet $PSCmdlet
        $call = [Sfsf.Connector.PowerShell.Call]::new($PSCmdlet, $PSScriptRoot)
    }
    process {
        try { $call.Test() } finally { $call.End() }
    }
}

Export-ModuleMember -Function @(
    'Get-SAPData'
    'Save-SAPData'
    'Save-Identity'
    'Search-Data'
    'Remove-Identity'
    'Reset-IdentityPassword'
    'Test-IdentityPassword'
    'Suspend-Identity'
    'Resume-Identity'
    'Test-ConnectorConnection'
)
