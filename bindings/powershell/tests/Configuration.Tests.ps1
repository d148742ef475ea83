# The configuration that is given is used or refused, and nothing takes its place.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Setup.ps1')
    $text = Get-Content -Raw -Path $env:SFSF_CONFIG
    $key = (Get-Key).private_key
    Push-Location -Path $TestDrive
    New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'sub') | Out-Null
    # A user of its own tells whether this file was used or another one.
    $own = Get-Key
    $own.username = 'sfapi '.Trim()
    $own | Add-Member -NotePropertyName lookup_age -NotePropertyValue 77
    Set-Content -Path own.json -Value ($own | ConvertTo-Json)
    $own.PSObject.Properties.Remove('private_key')
    $own | Add-Member -NotePropertyName private_key_file -NotePropertyValue 'own.pem'
    Set-Content -Path sub/beside.json -Value ($own | ConvertTo-Json)
    Set-Content -Path sub/own.pem -Value $key
    Set-Content -Path own.pem -Value 'no key at all'
    $configured = $env:SFSF_CONFIG
}

AfterAll {
    $env:SFSF_CONFIG = $configured
    Pop-Location
    Remove-Module -Name SapSuccessFactors
}

Describe 'A configuration' {
    BeforeEach {
        # Where something takes the place of what was given, no tenant answers.
        $env:SFSF_CONFIG = Join-Path -Path $TestDrive -ChildPath 'trap.json'
        Set-Content -Path $env:SFSF_CONFIG -Value '{"url":"https://trap.invalid"}'
    }

    AfterEach {
        $env:SFSF_CONFIG = $configured
    }

    It 'is taken as <Form>' -ForEach @(
        @{ Form = 'a file'; Value = { Get-Item -Path own.json } }
        @{ Form = 'a path'; Value = { Resolve-Path -Path own.json } }
        @{ Form = 'a name of here'; Value = { 'own.json' } }
        @{ Form = 'a name of a drive'; Value = { $null = New-PSDrive -Name sfsf -PSProvider FileSystem -Root $TestDrive -Scope Global; 'sfsf:own.json' } }
        @{ Form = 'a whole name'; Value = { Join-Path -Path $TestDrive -ChildPath 'own.json' } }
        @{ Form = 'JSON'; Value = { $text } }
        @{ Form = 'lines'; Value = { ($text | ConvertFrom-Json | ConvertTo-Json) -split "`n" } }
        @{ Form = 'an object'; Value = { $text | ConvertFrom-Json } }
        @{ Form = 'a table'; Value = { $t = @{}; (Get-Content -Raw own.json | ConvertFrom-Json).PSObject.Properties | ForEach-Object { $t[$_.Name] = $_.Value }; $t } }
        @{ Form = 'an address'; Value = { $c = $text | ConvertFrom-Json; $c.url = [uri]$c.url; $c } }
        @{ Form = 'a file with a byte order mark'; Value = { [IO.File]::WriteAllText("$TestDrive/bom.json", $text, [Text.UTF8Encoding]::new($true)); 'bom.json' } }
        @{ Form = 'a file in UTF-16'; Value = { [IO.File]::WriteAllText("$TestDrive/utf16.json", $text, [Text.Encoding]::Unicode); 'utf16.json' } }
        @{ Form = 'a file beside its key'; Value = { 'sub/beside.json' } }
        @{ Form = 'a key of here'; Value = { Set-Location -Path sub; Get-Content -Raw -Path beside.json | ConvertFrom-Json } }
    ) {
        try {
            $given = & $Value
            (Test-ConnectorConnection -Configuration $given).Name | Should -Contain 'token'
        } finally {
            Set-Location -Path $TestDrive
            Remove-PSDrive -Name sfsf -Scope Global -ErrorAction Ignore
        }
    }

    It 'is refused as <Form>' -ForEach @(
        @{ Form = 'nothing'; Value = { $null } }
        @{ Form = 'an empty text'; Value = { '' } }
        @{ Form = 'a number'; Value = { 42 } }
        @{ Form = 'a list'; Value = { , @(1, 2) } }
        @{ Form = 'words'; Value = { , @('own.json', 'own.json') } }
        @{ Form = 'a day'; Value = { Get-Date } }
        @{ Form = 'a folder'; Value = { Get-Item -Path sub } }
        @{ Form = 'a missing file'; Value = { 'missing.json' } }
        @{ Form = 'half of it'; Value = { $text.TrimEnd().TrimEnd('}') } }
        @{ Form = 'a key'; Value = { $key } }
        @{ Form = 'a key in one line'; Value = { $key -replace '\s' } }
        @{ Form = 'a table with a key for a name'; Value = { @{ $key = 'x' } } }
        @{ Form = 'a table with a part of a key for a name'; Value = { @{ ($key -replace '[^a-z]').Substring(0, 30) = 'x' } } }
        @{ Form = 'an object of things'; Value = { $c = $text | ConvertFrom-Json; $c.url = Get-Date; $c } }
        @{ Form = 'a file that is none'; Value = { 'own.pem' } }
    ) {
        $given = & $Value
        $Error.Clear()
        foreach ($call in { Get-SAPData -Configuration $given }, { Suspend-Identity somebody -Configuration $given }, { Test-ConnectorConnection -Configuration $given }) {
            $call | Should -Throw
            # The trap is not what is wrong.
            "$Error" | Should -Not -BeLike '*trap*'
        }
        $seen = $Error | Format-List -Property * -Force | Out-String -Width 4000
        $lines = @($key -split "`n" | ForEach-Object { $_.Trim() } | Where-Object { $_.Length -gt 30 })
        $lines + ($key -replace '[^a-z]').Substring(0, 30) | ForEach-Object { $seen.Contains($_) | Should -BeFalse }
    }

    It 'is not looked for in the folder of the process from <_>' -ForEach 'Env:', 'Variable:' {
        $folder = [Environment]::CurrentDirectory
        [Environment]::CurrentDirectory = $TestDrive
        Push-Location -Path $_
        try {
            foreach ($given in 'own.json', @{ private_key_file = 'own.pem' }, "$($_)own.json") {
                { Get-SAPData -Configuration $given } | Should -Throw -ErrorId 'invalidConfiguration,Get-SAPData' -PassThru |
                    Should -Not -BeLike '*own*'
            }
            (Test-ConnectorConnection -Configuration (Join-Path -Path $TestDrive -ChildPath 'own.json')).Name | Should -Contain 'token'
        } finally {
            Pop-Location
            [Environment]::CurrentDirectory = $folder
        }
    }

    It 'has an end' -Skip:(-not (Test-Path -Path /dev/zero)) {
        { Get-SAPData -Configuration /dev/zero } | Should -Throw '*too long*'
    }

    It 'names files in every culture' {
        $keys = Get-Content -Raw -Path own.json | ConvertFrom-Json
        Set-Content -Path sub/good.pem -Value $keys.private_key
        $keys.PSObject.Properties.Remove('private_key')
        $keys | Add-Member -NotePropertyName PRIVATE_KEY_FILE -NotePropertyValue 'good.pem'
        $before = $env:LC_ALL
        try {
            # In Turkish an I is no i.
            $env:LC_ALL = 'tr_TR.UTF-8'
            $script = "(Test-ConnectorConnection -Configuration (ConvertFrom-Json '$($keys | ConvertTo-Json -Compress)')).Name"
            Invoke-Apart "Set-Location '$TestDrive/sub'`n$script" | Should -BeLike '*token*'
        } finally {
            $env:LC_ALL = $before
        }
    }

    It 'takes no other credential for one that is empty' {
        $env:SFSF_CONFIG = $configured
        { Test-ConnectorConnection -Credential $null } | Should -Throw -ErrorId 'invalidConfiguration,Test-ConnectorConnection'
        $empty = [pscredential]::new('sfapi', [securestring]::new())
        { Test-ConnectorConnection -Credential $empty } | Should -Throw -ErrorId 'invalidConfiguration,Test-ConnectorConnection'
    }
}
